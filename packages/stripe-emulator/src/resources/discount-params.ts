import type Stripe from "stripe";
import { type DiscountOwner, type DiscountQuote, giveDiscount, quoteDiscount } from "../billing/discounts.ts";
import { idOfDiscount } from "../billing/discounts-in-force.ts";
import { endDiscount } from "../billing/end-discount.ts";
import type { Purchase } from "../billing/redeemable.ts";
import type { World } from "../billing/world.ts";
import { badParam, badState, missing } from "../http/errors.ts";
import { hash, list, type Reader, text } from "../http/params.ts";

/** Stripe takes 20 discounts for one thing. */
const MOST = 20;

const WISHES = list(hash({ coupon: text, discount: text, promotion_code: text }));

/** `discounts[]`: coupons and promotion codes to redeem, or discounts to keep. An empty string reads as null. */
export const DISCOUNTS: Reader<ReturnType<typeof WISHES>> = (value, at, version) => {
  const wishes = WISHES(value, at, version);
  if (wishes.length > MOST)
    throw badParam("parameter_invalid", `Array ${at} exceeded maximum ${MOST} allowed elements.`, at);
  return wishes;
};

type Wishes = ReturnType<typeof WISHES>;

/** What is to be on something: a discount that it or its customer has already (id), or one more to redeem. */
export type DiscountEntry = string | DiscountQuote;

/**
 * Reads wishes without redeeming anything. `has` are the discounts that may be kept. A coupon wished for twice counts
 * twice against its limit.
 */
export function quoteDiscounts(
  world: World,
  wishes: Wishes,
  { has, ...purchase }: Purchase & { has: readonly string[] },
): DiscountEntry[] {
  const quotes: DiscountQuote[] = [];
  return wishes.map((wish, place) => {
    const param = `${purchase.param}[${place}]`;
    const named = [wish.coupon, wish.discount, wish.promotion_code].filter(Boolean);
    if (named.length > 1)
      throw badState("You may only specify one of these parameters: coupon, discount, promotion_code.", {
        code: "parameters_exclusive",
        param,
      });
    if (wish.discount) {
      if (has.includes(wish.discount)) return wish.discount;
      throw missing("discount", wish.discount, `${param}[discount]`);
    }
    const quote = quoteDiscount(world, wish, { ...purchase, param });
    mustSuffice(quote.coupon, quotes.filter(({ coupon }) => coupon.id === quote.coupon.id).length, param);
    quotes.push(quote);
    return quote;
  });
}

function mustSuffice(coupon: Stripe.Coupon, already: number, param: string): void {
  if (coupon.max_redemptions === null || coupon.times_redeemed + already < coupon.max_redemptions) return;
  throw badState(`Coupon ${coupon.id} is used up and cannot be applied.`, {
    code: "coupon_expired",
    param: `${param}[coupon]`,
  });
}

/** Redeems what is new; the ids of all, in the order of the wishes. */
export function redeemAll(world: World, entries: readonly DiscountEntry[], owner: DiscountOwner): string[] {
  return entries.map((entry) => (typeof entry === "string" ? entry : giveDiscount(world, entry, owner).id));
}

/** Takes away the discounts that something had and is to have no longer. */
export function endMissing(world: World, before: readonly string[], after: readonly string[]): void {
  for (const id of before) if (!after.includes(id)) endDiscount(world, id);
}

/** The discounts something has, and that of its customer: what a wish may name by `discount`. */
export function discountsAtHand(
  rows: readonly { discounts: (string | Stripe.Discount | Stripe.DeletedDiscount)[] | null }[],
  customer: Stripe.Customer | null,
): string[] {
  const own = rows.flatMap((row) => (row.discounts ?? []).map(idOfDiscount));
  return customer?.discount ? [...own, customer.discount.id] : own;
}
