import type Stripe from "stripe";
import { liveCustomer } from "../objects/customer.ts";
import type { Redemption } from "../store/tables.ts";
import type { World } from "./world.ts";

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
export function counts(world: World, redemption: Redemption, invoice: string | null): boolean {
  const end = world.store.get("discounts", redemption.id)?.end ?? null;
  const moment = world.store.get("invoices", invoice ?? "")?.created ?? world.now();
  if (end !== null && moment >= end) return false;
  return redemption.spentBy === null || redemption.spentBy === invoice;
}

/** The id of what may be an id or the object itself. */
export function idOfDiscount(discount: string | { id: string }): string {
  return typeof discount === "string" ? discount : discount.id;
}
