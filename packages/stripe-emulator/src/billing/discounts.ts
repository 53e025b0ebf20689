import type Stripe from "stripe";
import { badState } from "../http/errors.ts";
import { liveCustomer } from "../objects/customer.ts";
import { buildDiscount } from "../objects/discount.ts";
import type { Redemption } from "../store/tables.ts";
import { isUsedUp, termsOf } from "./coupon-state.ts";
import { type Reduction, takeOff } from "./discount-amounts.ts";
import { previousAttributes } from "./previous-attributes.ts";
import { amountOffIn, type Purchase, redeemable } from "./redeemable.ts";
import type { World } from "./world.ts";

/** What a parameter `discounts[]` names: a coupon, or a promotion code that leads to one. */
export interface DiscountWish {
  coupon?: string | null;
  promotion_code?: string | null;
}

/** Who a discount is given to; exactly what Stripe shows on it. */
export interface DiscountOwner {
  customer: string | null;
  subscription?: string;
  subscriptionItem?: string;
  invoice?: string;
  invoiceItem?: string;
  checkoutSession?: string;
  /** A discount of the customer that this one takes the place of. */
  instead?: Stripe.Discount;
}

/** A coupon as it would apply to an amount now, before anything is redeemed. Refusals are thrown as Stripe's errors. */
export interface DiscountQuote {
  coupon: Stripe.Coupon;
  promotionCode: Stripe.PromotionCode | null;
  /** In the currency's smallest unit; never more than the amount itself. */
  amountOff: number;
  /** The same for each of the lines, when lines were asked about. */
  linesOff: number[];
}

/** What is bought, for coupons of some products only. */
interface QuotedLine {
  amount: number;
  product: string;
}

/**
 * What a wish would take off `amount`, or off each of `lines` (then a coupon for none of them is refused, as in
 * Checkout). `param` names the parameter in errors.
 */
export function quoteDiscount(
  world: World,
  wish: DiscountWish,
  at: Purchase & { lines?: readonly QuotedLine[] },
): DiscountQuote {
  const { coupon, promotionCode } = redeemable(world, wish, at);
  const terms = termsOf(world, coupon.id);
  const lines = at.lines ?? [{ amount: at.amount, product: "" }];
  const isFor = ({ product }: QuotedLine) => terms.products?.includes(product) ?? true;
  if (at.lines !== undefined && !at.lines.some(isFor))
    throw badState("This coupon cannot be redeemed because it does not apply to anything in this order.", {
      param: at.param,
    });
  const amounts = lines.map((line) => (at.lines === undefined || isFor(line) ? line.amount : 0));
  const linesOff = takeOff(reductionOf({ coupon, terms }, at.currency), amounts);
  return { coupon, promotionCode, amountOff: linesOff.reduce((sum, off) => sum + off, 0), linesOff };
}

/** Redeems: writes the discount and counts the coupon and code as used. */
export function giveDiscount(world: World, quote: DiscountQuote, owner: DiscountOwner): Stripe.Discount {
  const { coupon, promotionCode } = quote;
  const discount = buildDiscount(world, { coupon, promotionCode, owner });
  world.store.put("redemptions", {
    id: discount.id,
    coupon,
    terms: termsOf(world, coupon.id),
    spentBy: null,
    left: null,
  });
  world.store.put("discounts", discount);
  countUse(world, quote);
  if (owner.instead !== undefined) replace(world, owner.instead, discount);
  else if (owner.customer !== null) world.emit("customer.discount.created", discount);
  return discount;
}

function replace(world: World, before: Stripe.Discount, after: Stripe.Discount): void {
  world.change("redemptions", before.id, { left: "deleted" });
  world.store.put("discounts", { ...before });
  world.emit("customer.discount.updated", after, previousAttributes(before, after) ?? {});
}

/** Quietly: no event tells of a use. A coupon that was deleted since it was quoted counts no more. */
function countUse(world: World, quote: DiscountQuote): void {
  const coupon = world.store.get("coupons", quote.coupon.id);
  if (coupon !== undefined) {
    const used = { ...coupon, times_redeemed: coupon.times_redeemed + 1 };
    world.store.put("coupons", { ...used, valid: coupon.valid && !isUsedUp(used) });
  }
  const code = world.store.get("promotionCodes", quote.promotionCode?.id ?? "");
  if (code !== undefined)
    world.change("promotionCodes", code.id, { times_redeemed: code.times_redeemed + 1 });
}

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

/** The ids of the discounts that count for a subscription's invoice made now: its own, else its customer's. */
export function discountsInForce(world: World, subscription: Stripe.Subscription): string[] {
  const own = subscription.discounts.map(idOfDiscount).filter((id) => isInForce(world, id));
  return own.length > 0 ? own : discountsOfCustomer(world, String(subscription.customer));
}

/** The id of the discount that a customer has on everything, if it counts now. */
export function discountsOfCustomer(world: World, customer: string): string[] {
  const id = liveCustomer(world, customer)?.discount?.id;
  return id !== undefined && isInForce(world, id) ? [id] : [];
}

function isInForce(world: World, id: string): boolean {
  const redemption = world.store.get("redemptions", id);
  return redemption !== undefined && redemption.left === null && counts(world, redemption, null);
}

/** Whether a discount counts for an invoice: not ended when that was made, and not used up by another one. */
function counts(world: World, redemption: Redemption, invoice: string | null): boolean {
  const end = world.store.get("discounts", redemption.id)?.end ?? null;
  const moment = world.store.get("invoices", invoice ?? "")?.created ?? world.now();
  if (end !== null && moment >= end) return false;
  return redemption.spentBy === null || redemption.spentBy === invoice;
}

function reductionOf(
  { coupon, terms }: Pick<Redemption, "coupon" | "terms">,
  currency: string,
  most = Number.POSITIVE_INFINITY,
): Reduction {
  if (coupon.percent_off !== null) return { percent: coupon.percent_off };
  return { amount: Math.min(most, amountOffIn(coupon, currency, terms.currencies) ?? 0) };
}

function isOfProduct({ terms }: Redemption, line: Stripe.InvoiceLineItem): boolean {
  return terms.products?.includes(line.pricing?.price_details?.product ?? "") ?? true;
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

/** The id of what may be an id or the object itself. */
export function idOfDiscount(discount: string | { id: string }): string {
  return typeof discount === "string" ? discount : discount.id;
}
