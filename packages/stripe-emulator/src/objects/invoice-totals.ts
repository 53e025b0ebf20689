import type Stripe from "stripe";
import { discountLines } from "../billing/discounts.ts";
import type { World } from "../billing/world.ts";

/** Lines with what each discount takes off them, and the sums an invoice shows; `discounts` are ids, in order. */
export function totalsOf(
  world: World,
  bare: readonly Stripe.InvoiceLineItem[],
  discounts: readonly string[],
) {
  const { lines, total_discount_amounts } = discountLines(
    world,
    bare.map((line) => ({ ...line, discount_amounts: [] })),
    discounts,
  );
  const subtotal = sum(lines);
  const total = subtotal - sum(total_discount_amounts);
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
    } satisfies Partial<Stripe.Invoice>,
  };
}

function sum(rows: readonly { amount: number }[]): number {
  return rows.reduce((total, { amount }) => total + amount, 0);
}
