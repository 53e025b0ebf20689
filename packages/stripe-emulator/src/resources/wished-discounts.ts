import type { DiscountOwner } from "../billing/discounts.ts";
import type { Call } from "../http/route.ts";
import { DISCOUNTS, quoteDiscounts, redeemAll } from "./discount-params.ts";

/** `discounts[]` as every call takes it. */
export const WISHED_DISCOUNTS = DISCOUNTS;

type Wishes = ReturnType<typeof WISHED_DISCOUNTS>;

/** Redeems what `discounts[]` names; answers the ids of the discounts, in order. */
export function giveWished(
  { world }: Call,
  wishes: Wishes,
  {
    owner,
    param = "discounts",
    ...at
  }: { owner: DiscountOwner; amount: number; currency: string; param?: string },
): string[] {
  const { customer } = owner;
  const has = world.store.where("discounts", "customer", customer ?? "").map(({ id }) => id);
  return redeemAll(world, quoteDiscounts(world, wishes, { ...at, customer, has, param }), owner);
}
