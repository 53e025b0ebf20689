import { buildDiscount } from "../objects/discount.ts";
import { termsOf } from "./coupon-state.ts";
import type { DiscountOwner, DiscountQuote } from "./discounts.ts";
import type { World } from "./world.ts";

/** Does something as if these discounts had been given (ids, in order); nothing is redeemed, told of or kept. */
export function tryDiscounts<R>(
  world: World,
  { entries, owner }: { entries: readonly (string | DiscountQuote)[]; owner: DiscountOwner },
  work: (ids: string[]) => R,
): R {
  const tried: string[] = [];
  const ids = entries.map((entry) => {
    if (typeof entry === "string") return entry;
    const { coupon } = entry;
    const { id } = buildDiscount(world, { ...entry, owner });
    world.store.put("redemptions", {
      id,
      coupon,
      terms: termsOf(world, coupon.id),
      spentBy: null,
      left: null,
    });
    tried.push(id);
    return id;
  });
  try {
    return work(ids);
  } finally {
    for (const id of tried) world.store.remove("redemptions", id);
  }
}
