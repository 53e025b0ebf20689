/** Words of the page that says who sells (e-commerce act, lag 2002:562, 8 §). */
export const sellerTexts = {
  tab: "Seller",
  title: "Who sells LiveAssist Permission",
  lead: "The company you conclude the contract with.",
  name: "Company",
  orgNo: "Org. number",
  address: "Address",
  email: "E-mail",
  offer: "What is sold",
  offerText: (price: string) => `LiveAssist Permission, ${price} a month incl. VAT`,
  complaints:
    "If something is wrong, write to us first. If we do not agree you can turn to ARN, the National Board for Consumer Disputes (www.arn.se).",
  noneTitle: "This is a test installation without a seller",
  noneText:
    "Nobody sells anything here. Prices are examples, payments go to a test system, and no contract comes about. Whoever runs LiveAssist for real has to set the seller's name, organisation number, address and e-mail; then they stand on this page.",
} as const;
