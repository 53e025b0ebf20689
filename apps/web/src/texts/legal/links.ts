/** Names of the legal pages. The last is the wording of the law (Directive (EU) 2023/2673, article 11a). */
export const legalTexts = {
  navigation: "Terms and seller",
  terms: "Terms",
  privacy: "Privacy",
  seller: "Seller",
  withdraw: "Withdraw from contract here",
  updated: (date: string) => `Valid from ${date}`,
  contents: "On this page",
  failed: "We could not load this page",
  failedText: "Price and seller come from our server, and it does not answer. Try again in a moment.",
  testTitle: "A test installation",
  testText:
    "No seller is set up here. Nothing is really sold: the prices are examples, and no real money should be paid.",
  newTab: "(opens in a new tab)",
} as const;
