/** The texts of hosted invoices and receipts, in both languages. */
export interface InvoiceWords {
  payTitle: (number: string) => string;
  title: (number: string) => string;
  receiptTitle: string;
  due: string;
  dueNow: string;
  dueOn: (day: string) => string;
  from: string;
  to: string;
  numberLabel: string;
  date: string;
  paidHeading: string;
  paidOn: (day: string) => string;
  voidHeading: string;
  voidText: string;
  uncollectibleText: string;
  subtotal: string;
  balance: string;
  total: string;
  amountPaid: string;
  remaining: string;
  quantity: (count: number) => string;
  method: string;
  onFile: string;
  payWithCard: string;
  payOtherCard: string;
  paySaved: (amount: string, last4: string) => string;
  pay: (amount: string) => string;
  paying: string;
  payingSaid: string;
  paid: string;
  print: string;
  refunded: string;
}

export const INVOICE_ENGLISH: InvoiceWords = {
  payTitle: (number) => `Pay invoice ${number} (test mode)`,
  title: (number) => `Invoice ${number} (test mode)`,
  receiptTitle: "Receipt (test mode)",
  due: "Amount due",
  dueNow: "Due now",
  dueOn: (day) => `Due ${day}`,
  from: "From",
  to: "Billed to",
  numberLabel: "Invoice number",
  date: "Date",
  paidHeading: "Invoice paid",
  paidOn: (day) => `Paid on ${day}`,
  voidHeading: "This invoice is void",
  voidText: "Void: there is nothing to pay",
  uncollectibleText: "The shop no longer expects this invoice to be paid. You can still pay it.",
  subtotal: "Subtotal",
  balance: "Applied balance",
  total: "Total",
  amountPaid: "Amount paid",
  remaining: "Due",
  quantity: (count) => `Qty ${count}`,
  method: "Payment method",
  onFile: "Card on file",
  payWithCard: "Pay with a card",
  payOtherCard: "Or pay with another card",
  paySaved: (amount, last4) => `Pay ${amount} with the card ending in ${last4}`,
  pay: (amount) => `Pay ${amount}`,
  paying: "Paying…",
  payingSaid: "Processing your payment.",
  paid: "Payment successful",
  print: "Print",
  refunded: "Refunded",
};

export const INVOICE_SWEDISH: InvoiceWords = {
  payTitle: (number) => `Betala faktura ${number} (testläge)`,
  title: (number) => `Faktura ${number} (testläge)`,
  receiptTitle: "Kvitto (testläge)",
  due: "Att betala",
  dueNow: "Förfaller nu",
  dueOn: (day) => `Förfaller ${day}`,
  from: "Från",
  to: "Faktureras till",
  numberLabel: "Fakturanummer",
  date: "Datum",
  paidHeading: "Fakturan är betald",
  paidOn: (day) => `Betald den ${day}`,
  voidHeading: "Fakturan är makulerad",
  voidText: "Makulerad: det finns inget att betala",
  uncollectibleText: "Säljaren räknar inte längre med att fakturan betalas. Du kan fortfarande betala den.",
  subtotal: "Delsumma",
  balance: "Använt saldo",
  total: "Summa",
  amountPaid: "Betalt",
  remaining: "Att betala",
  quantity: (count) => `Antal ${count}`,
  method: "Betalningsmetod",
  onFile: "Sparat kort",
  payWithCard: "Betala med kort",
  payOtherCard: "Eller betala med ett annat kort",
  paySaved: (amount, last4) => `Betala ${amount} med kortet som slutar på ${last4}`,
  pay: (amount) => `Betala ${amount}`,
  paying: "Betalar…",
  payingSaid: "Din betalning behandlas.",
  paid: "Betalningen är klar",
  print: "Skriv ut",
  refunded: "Återbetalt",
};
