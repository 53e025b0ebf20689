import type Stripe from "stripe";
import { currentCoupon, currentPromotionCode, termsOf } from "../billing/coupon-state.ts";
import type { World } from "../billing/world.ts";

type Owner = Record<string, unknown>;

/** A list of discounts as themselves. Those taken away are shown as deleted, to the invoices that had them. */
export function discounts(world: World, _owner: Owner, value: unknown): unknown {
  return Array.isArray(value) ? value.map((entry) => discount(world, _owner, entry)) : (value ?? null);
}

/** One discount as itself. */
export function discount(world: World, _owner: Owner, value: unknown): unknown {
  if (typeof value !== "string") return value ?? null;
  const found: Stripe.Discount | undefined = world.store.get("discounts", value);
  if (found === undefined || world.store.get("redemptions", value)?.left !== "deleted") return found ?? value;
  const { end: _, ...rest } = found;
  return { ...rest, deleted: true };
}

/** A coupon as it is now; a deleted one as it was, but no longer valid. */
export function coupon(world: World, owner: Owner, value: unknown): unknown {
  if (typeof value !== "string") return value ?? null;
  const deleted = world.store.get("redemptions", String(owner["id"]))?.coupon;
  return currentCoupon(world, value) ?? (deleted === undefined ? value : { ...deleted, valid: false });
}

/** A promotion code as it is now. */
export function promotionCode(world: World, _owner: Owner, value: unknown): unknown {
  return typeof value === "string" ? (currentPromotionCode(world, value) ?? value) : (value ?? null);
}

/** The products of a coupon; one for all products has no such field. */
export function appliesTo(world: World, owner: Owner): unknown {
  const { products } = termsOf(world, String(owner["id"]));
  return products === null ? undefined : { products };
}

/** What a coupon takes off, by currency, its own among them. */
export function couponCurrencies(world: World, owner: Owner): unknown {
  const { currency, amount_off } = owner;
  const own = typeof currency === "string" ? { [currency]: Number(amount_off) } : {};
  return byCurrency(world, { ...owner, own, key: "amount_off" });
}

/** The least amounts of a promotion code, by currency, its own among them. */
export function codeCurrencies(world: World, owner: Owner): unknown {
  const { minimum_amount: amount, minimum_amount_currency: currency } = owner["restrictions"] as Owner;
  const own = typeof currency === "string" ? { [currency]: Number(amount) } : {};
  return byCurrency(world, { ...owner, own, key: "minimum_amount" });
}

function byCurrency(world: World, row: Owner & { own: Record<string, number>; key: string }): unknown {
  const { currencies } = termsOf(world, String(row["id"]));
  const all = Object.entries({ ...row.own, ...currencies });
  if (all.length === 0) return undefined;
  return Object.fromEntries(all.map(([currency, amount]) => [currency, { [row.key]: amount }]));
}
