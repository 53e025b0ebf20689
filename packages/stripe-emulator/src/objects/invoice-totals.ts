import type Stripe from "stripe";
import { discountLines } from "../billing/discount-lines.ts";
import type { World } from "../billing/world.ts";

/** Lines with what each discount takes off them, and the sums an invoice shows; `discounts` are ids, in order. */
export function totalsOf(
  world: World,
  bare: readonly Stripe.InvoiceLineItem[],
  discounts: readonly string[],
) {
  const { lines, subtotal, total, total_discount_amounts } = discountLines(world, [...bare], discounts);
  return {
    lines,
    sums: {
      // What an invoice gives back is settled with the customer's balance, never paid out.
      amount_due: Math.max(0, total),
      amount_remaining: Math.max(0, total),
      subtotal,
      subtotal_excluding_tax: subtotal,
      total,
      total_discount_amounts,
      total_excluding_tax: total,
      total_pretax_credit_amounts: total_discount_amounts.map((row) => ({ ...row, type: "discount" })),
    } satisfies Partial<Stripe.Invoice>,
  };
}
