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
      amount_due: total,
      amount_remaining: total,
      subtotal,
      subtotal_excluding_tax: subtotal,
      total,
      total_discount_amounts,
      total_excluding_tax: total,
      total_pretax_credit_amounts: total_discount_amounts.map((row) => ({ ...row, type: "discount" })),
    } satisfies Partial<Stripe.Invoice>,
  };
}
