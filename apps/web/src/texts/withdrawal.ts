/** Words of withdrawing from the contract. Two wordings are the law's own (Directive (EU) 2023/2673, article 11a). */
export const withdrawalTexts = {
  tab: "Withdraw",
  title: "Withdraw from contract",
  /** The law's wording for the way here. */
  here: "Withdraw from contract here",
  /** The law's wording for the last press. */
  confirm: "Confirm withdrawal",
  lead: (date: string) =>
    `You have until ${date} to change your mind, without giving a reason. This is not the same as cancelling: it ends the contract, and Premium with it, at once.`,
  whatHappens: "What happens",
  effects: {
    ends: "Premium ends at once, and nothing more is charged.",
    money: "What you paid for it is given back in full, to the card or account you paid with.",
    nothingPaid: "You are in the free trial and have paid nothing, so there is nothing to give back.",
    receipt: "You get a receipt by e-mail at once, with the content, date and time.",
  },
  statement: "Your statement",
  statementText: (service: string, date: string) =>
    `I hereby give notice that I withdraw from my contract for the provision of the following service: ${service}, ordered on ${date}.`,
  service: "Service",
  ordered: "Ordered",
  contract: "Contract",
  name: "Your name",
  email: "E-mail for the receipt",
  next: "Continue",
  back: "Go back",
  check: "Check your statement",
  checkLead: "Nothing is sent before you press the last button.",
  busy: "Sending your withdrawal…",
  cancelInstead: "You only want no more charges?",
  cancelInsteadLink: "Cancel in Settings instead, and keep Premium until its end",
  received: "We have received your withdrawal",
  receivedAt: "Received",
  receiptTo: "Receipt to",
  premiumEnded: "Premium",
  premiumEndedText: "Ended",
  premiumEnding: "Is being ended",
  refund: "Refund",
  refundNone: "None: nothing had been paid",
  refundPending: (price: string) => `${price}, on its way`,
  refundDone: (price: string) => `${price}, given back`,
  refundPendingNote:
    "The payment service has not confirmed it yet. We go on by ourselves until it has; you need do nothing. You have the money at the latest within 14 days.",
  refundDoneNote:
    "It went to the card or account you paid with. How soon you see it depends on your bank, usually 5 to 10 days.",
  keep: "We have also sent you this by e-mail. Keep it.",
  none: "There is no contract to withdraw from",
  noneText:
    "You have no subscription with us that can be withdrawn from. If you bought it with another account, sign in with that one.",
  over: "The time to withdraw is over",
  overText: (date: string) =>
    `The 14 days ended on ${date}. You can still cancel at any time: then nothing more is charged, and you keep Premium until the end of what you have paid.`,
  toSettings: "Open Settings",
  toCancel: "Cancel in Settings",
  failed: "We could not load this page",
  notStored:
    "We cannot say that your withdrawal has arrived. Press again: it counts once. If that does not help, write to the seller by e-mail; that counts, too.",
  signIn: "Sign in to withdraw from your contract. You come back to the form at once.",
} as const;
