import type Stripe from "stripe";
import type { Redemption } from "../store/tables.ts";
import { takeOff } from "./discount-amounts.ts";
import { isForProduct, reductionOf } from "./discounts.ts";
import { counts, idOfDiscount } from "./discounts-in-force.ts";
import type { World } from "./world.ts";

/**
 * Discounts (ids) applied to lines, in order and after the lines' own: the lines with their `discount_amounts`, and
 * the sums per discount. Ones that have ended, or were used up by another invoice, take nothing off.
 */
export function discountLines(
  world: World,
  lines: Stripe.InvoiceLineItem[],
  discounts: readonly string[],
): {
  lines: Stripe.InvoiceLineItem[];
  total_discount_amounts: Stripe.Invoice.TotalDiscountAmount[];
  /** What is due before and after the discounts of the whole invoice; those of lines count in both. */
  subtotal: number;
  total: number;
} {
  const own = lines.map((line) => line.discounts.map(idOfDiscount));
  let done = lines.map((line) => withoutDiscounts(line));
  const ids = [...new Set(own.flat())];
  for (const id of ids)
    done = applyOne(world, done, { id, isFor: (place) => own[place]?.includes(id) === true });
  const subtotal = sumOf(done);
  for (const id of discounts) done = applyOne(world, done, { id, isFor: () => true, most: sumOf(done) });
  const total_discount_amounts = [...new Set([...ids, ...discounts])].map((discount) => ({
    amount: done.reduce((sum, line) => sum + takenOff(line, discount), 0),
    discount,
  }));
  return { lines: done, total_discount_amounts, subtotal, total: sumOf(done) };
}

function applyOne(
  world: World,
  lines: Stripe.InvoiceLineItem[],
  { id, isFor, most }: { id: string; isFor: (place: number) => boolean; most?: number },
): Stripe.InvoiceLineItem[] {
  const redemption = world.store.get("redemptions", id);
  const [first] = lines;
  if (redemption === undefined || first === undefined) return lines;
  if (!counts(world, redemption, first.invoice)) return lines;
  const meets = lines.map(
    (line, place) => isFor(place) && line.discountable && line.amount > 0 && isOfProduct(redemption, line),
  );
  const rest = lines.map((line, place) => (meets[place] ? restOf(line) : 0));
  const offs = takeOff(reductionOf(redemption, first.currency, most), rest);
  return lines.map((line, place) => (meets[place] ? withDiscount(line, id, offs[place] ?? 0) : line));
}

function isOfProduct({ terms }: Redemption, line: Stripe.InvoiceLineItem): boolean {
  return isForProduct(terms, line.pricing?.price_details?.product ?? "");
}

function withoutDiscounts(line: Stripe.InvoiceLineItem): Stripe.InvoiceLineItem {
  const credits = (line.pretax_credit_amounts ?? []).filter(({ type }) => type !== "discount");
  return { ...line, discount_amounts: [], pretax_credit_amounts: credits };
}

function withDiscount(
  line: Stripe.InvoiceLineItem,
  discount: string,
  amount: number,
): Stripe.InvoiceLineItem {
  return {
    ...line,
    discount_amounts: [...(line.discount_amounts ?? []), { amount, discount }],
    pretax_credit_amounts: [...(line.pretax_credit_amounts ?? []), { amount, discount, type: "discount" }],
  };
}

function takenOff(line: Stripe.InvoiceLineItem, discount: string): number {
  const rows = (line.discount_amounts ?? []).filter((row) => idOfDiscount(row.discount) === discount);
  return rows.reduce((sum, { amount }) => sum + amount, 0);
}

function restOf(line: Stripe.InvoiceLineItem): number {
  return line.amount - (line.discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);
}

function sumOf(lines: readonly Stripe.InvoiceLineItem[]): number {
  return lines.reduce((sum, line) => sum + restOf(line), 0);
}
