/** The texts of the customer portal, in both languages. */
export interface PortalWords {
  title: string;
  billing: string;
  current: string;
  noPlan: string;
  cancelPlan: string;
  dontCancel: string;
  endsOn: (day: string) => string;
  scheduled: (day: string) => string;
  trialUntil: (day: string) => string;
  renews: (day: string) => string;
  behind: string;
  paused: string;
  pastDue: (amount: string) => string;
  payNow: (amount: string) => string;
  updateCard: string;
  noCard: string;
  addCard: string;
  standard: string;
  information: string;
  name: string;
  receipts: string;
  noReceipts: string;
  columns: { date: string; amount: string; status: string; receipt: string };
  view: string;
  viewOf: (number: string) => string;
  discount: string;
  cancelTitle: string;
  cancelHeading: string;
  cancelNow: string;
  cancelLater: (day: string) => string;
  confirmCancel: string;
  cardTitle: string;
  cardHeading: string;
  saveCard: string;
  saving: string;
  savingSaid: string;
  savedSaid: string;
  reason: {
    heading: string;
    text: string;
    options: Record<string, string>;
    comment: string;
    send: string;
    skip: string;
  };
  done: Record<string, string>;
  poweredBy: string;
}

export const PORTAL_ENGLISH: PortalWords = {
  title: "Billing (test mode)",
  billing: "Billing",
  current: "Current subscription",
  noPlan: "No current subscription.",
  cancelPlan: "Cancel subscription",
  dontCancel: "Don't cancel subscription",
  endsOn: (day) => `Ends on ${day}. Until then everything stays as it is.`,
  scheduled: (day) => `Your subscription will be canceled on ${day}.`,
  trialUntil: (day) => `Free trial until ${day}; the first payment is then.`,
  renews: (day) => `Renews on ${day}.`,
  behind: "There is something to do about the last payment: update your card.",
  paused: "Your subscription is paused. Nothing is charged.",
  pastDue: (amount) => `Your last payment of ${amount} did not go through. Pay it or update your card.`,
  payNow: (amount) => `Pay ${amount}`,
  updateCard: "Update card",
  noCard: "No card is saved.",
  addCard: "Add a card",
  standard: "Default",
  information: "Billing information",
  name: "Name",
  receipts: "Invoice history",
  noReceipts: "None yet.",
  columns: { date: "Date", amount: "Amount", status: "Status", receipt: "Invoice" },
  view: "View",
  viewOf: (number) => `View invoice ${number}`,
  discount: "Discount",
  cancelTitle: "Cancel subscription (test mode)",
  cancelHeading: "Cancel your subscription?",
  cancelNow: "It ends at once.",
  cancelLater: (day) => `It stays as it is until ${day} and is not charged again.`,
  confirmCancel: "Cancel subscription",
  cardTitle: "Update card (test mode)",
  cardHeading: "Update your card",
  saveCard: "Save card",
  saving: "Saving…",
  savingSaid: "Saving your card.",
  savedSaid: "Card saved",
  reason: {
    heading: "We're sorry to see you go",
    text: "Mind telling us why you canceled? Your answer is optional.",
    options: {
      too_expensive: "It's too expensive",
      missing_features: "I need more features",
      switched_service: "I found an alternative",
      unused: "I no longer need it",
      customer_service: "Customer service was less than expected",
      too_complex: "It was too hard to use",
      low_quality: "Quality was less than expected",
      other: "Other reason",
    },
    comment: "Any additional feedback?",
    send: "Submit",
    skip: "No thanks",
  },
  done: {
    canceled: "Your subscription will not renew.",
    ended: "Your subscription has ended.",
    renewed: "Your subscription goes on.",
    card: "Your card was updated.",
    feedback: "Thank you for your answer.",
  },
  poweredBy: "Manage your plan, your card and your invoices.",
};

export const PORTAL_SWEDISH: PortalWords = {
  title: "Betalning (testläge)",
  billing: "Betalning",
  current: "Nuvarande prenumeration",
  noPlan: "Ingen prenumeration just nu.",
  cancelPlan: "Säg upp prenumerationen",
  dontCancel: "Säg inte upp prenumerationen",
  endsOn: (day) => `Upphör den ${day}. Till dess är allt som förut.`,
  scheduled: (day) => `Din prenumeration avslutas den ${day}.`,
  trialUntil: (day) => `Gratis provperiod till den ${day}; då dras första betalningen.`,
  renews: (day) => `Förnyas den ${day}.`,
  behind: "Den senaste betalningen behöver ses över: uppdatera ditt kort.",
  paused: "Din prenumeration är pausad. Inget dras.",
  pastDue: (amount) =>
    `Din senaste betalning på ${amount} gick inte igenom. Betala den eller uppdatera kortet.`,
  payNow: (amount) => `Betala ${amount}`,
  updateCard: "Uppdatera kort",
  noCard: "Inget kort är sparat.",
  addCard: "Lägg till ett kort",
  standard: "Standard",
  information: "Faktureringsuppgifter",
  name: "Namn",
  receipts: "Fakturahistorik",
  noReceipts: "Inga ännu.",
  columns: { date: "Datum", amount: "Belopp", status: "Status", receipt: "Faktura" },
  view: "Visa",
  viewOf: (number) => `Visa faktura ${number}`,
  discount: "Rabatt",
  cancelTitle: "Säg upp prenumerationen (testläge)",
  cancelHeading: "Säga upp prenumerationen?",
  cancelNow: "Den upphör genast.",
  cancelLater: (day) => `Den är som förut till den ${day} och dras inte igen.`,
  confirmCancel: "Säg upp prenumerationen",
  cardTitle: "Uppdatera kort (testläge)",
  cardHeading: "Uppdatera ditt kort",
  saveCard: "Spara kort",
  saving: "Sparar…",
  savingSaid: "Ditt kort sparas.",
  savedSaid: "Kortet är sparat",
  reason: {
    heading: "Tråkigt att du lämnar oss",
    text: "Vill du berätta varför du sade upp? Svaret är frivilligt.",
    options: {
      too_expensive: "Det är för dyrt",
      missing_features: "Jag behöver fler funktioner",
      switched_service: "Jag hittade ett alternativ",
      unused: "Jag behöver det inte längre",
      customer_service: "Kundtjänsten var sämre än väntat",
      too_complex: "Det var för svårt att använda",
      low_quality: "Kvaliteten var sämre än väntat",
      other: "Annat skäl",
    },
    comment: "Något mer du vill säga?",
    send: "Skicka",
    skip: "Nej tack",
  },
  done: {
    canceled: "Din prenumeration förnyas inte.",
    ended: "Din prenumeration har upphört.",
    renewed: "Din prenumeration fortsätter.",
    card: "Ditt kort är uppdaterat.",
    feedback: "Tack för ditt svar.",
  },
  poweredBy: "Hantera din prenumeration, ditt kort och dina fakturor.",
};
