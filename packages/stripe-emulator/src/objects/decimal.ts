import type Stripe from "stripe";

/** On the wire a decimal is a JSON string; the SDK turns it into its Decimal class (SDK 21). */
export function wireDecimal(amount: number): Stripe.Decimal {
  return String(amount) as unknown as Stripe.Decimal;
}
