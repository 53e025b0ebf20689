import type Stripe from "stripe";
import { badState } from "../http/errors.ts";
import { buildDiscount } from "../objects/discount.ts";
import type { CouponTerms, Redemption } from "../store/tables.ts";
import { isUsedUp, termsOf } from "./coupon-state.ts";
import { type Reduction, takeOff } from "./discount-amounts.ts";
import { discountsOfCustomer } from "./discounts-in-force.ts";
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
  /** Set when the customer has it already: it counts and is not given again. */
  inherited?: true;
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
  if (at.lines?.some(({ product }) => isForProduct(terms, product)) === false)
    throw badState("This coupon cannot be redeemed because it does not apply to anything in this order.", {
      param: at.param,
    });
  const all = at.lines === undefined ? { ...terms, products: null } : terms;
  return { promotionCode, ...quoteLines({ coupon, terms: all }, lines, at.currency) };
}

/** The discount a customer has already, as it would apply to the lines of a first invoice; null: none. */
export function quoteInherited(
  world: World,
  customer: string,
  { lines, currency }: { lines: readonly QuotedLine[]; currency: string },
): DiscountQuote | null {
  const redemption = world.store.get("redemptions", discountsOfCustomer(world, customer)[0] ?? "");
  if (redemption === undefined) return null;
  return { promotionCode: null, ...quoteLines(redemption, lines, currency), inherited: true };
}

function quoteLines(
  { coupon, terms }: Pick<Redemption, "coupon" | "terms">,
  lines: readonly QuotedLine[],
  currency: string,
): Pick<DiscountQuote, "coupon" | "amountOff" | "linesOff"> {
  const amounts = lines.map(({ amount, product }) => (isForProduct(terms, product) ? amount : 0));
  const linesOff = takeOff(reductionOf({ coupon, terms }, currency), amounts);
  return { coupon, amountOff: linesOff.reduce((sum, off) => sum + off, 0), linesOff };
}

/** Whether a coupon with these terms is for a product. */
export function isForProduct(terms: CouponTerms, product: string): boolean {
  return terms.products?.includes(product) ?? true;
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

/** What a coupon takes off in this currency, at most `most` when it is an amount. */
export function reductionOf(
  { coupon, terms }: Pick<Redemption, "coupon" | "terms">,
  currency: string,
  most = Number.POSITIVE_INFINITY,
): Reduction {
  if (coupon.percent_off !== null) return { percent: coupon.percent_off };
  return { amount: Math.min(most, amountOffIn(coupon, currency, terms.currencies) ?? 0) };
}
