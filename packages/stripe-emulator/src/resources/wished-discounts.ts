import { type DiscountOwner, giveDiscount, quoteDiscount } from "../billing/discounts.ts";
import { notCovered } from "../http/errors.ts";
import { hash, list, text } from "../http/params.ts";
import type { Call } from "../http/route.ts";

/** `discounts[]` as every call takes it. */
export const WISHED_DISCOUNTS = list(hash({ coupon: text, discount: text, promotion_code: text }));

type Wishes = NonNullable<ReturnType<typeof WISHED_DISCOUNTS>>;

/** Redeems what `discounts[]` names; answers the ids of the discounts, in order. */
export function giveWished(
  { world }: Call,
  wishes: Wishes,
  { owner, ...at }: { owner: DiscountOwner; amount: number; currency: string },
): string[] {
  return wishes.map((wish, index) => {
    const param = `discounts[${index}]`;
    if (wish.discount) {
      if (world.store.get("discounts", wish.discount) === undefined) throw notCovered(`${param}[discount]`);
      return wish.discount;
    }
    const quote = quoteDiscount(world, wish, { ...at, customer: owner.customer, param });
    return giveDiscount(world, quote, owner).id;
  });
}
