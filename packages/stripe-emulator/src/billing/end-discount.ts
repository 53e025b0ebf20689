import type Stripe from "stripe";
import { liveCustomer } from "../objects/customer.ts";
import { isEnded } from "./cancel-subscription.ts";
import { idOfDiscount } from "./discounts-in-force.ts";
import type { World } from "./world.ts";

/**
 * What counts only once is used up by the first invoice with something to take it off: the discount leaves its
 * subscription or customer at once (stripe-go issue 944) and stays on the invoice. The invoice of a trial uses nothing
 * up, unless the settings say so.
 */
export function spendDiscounts(world: World, invoice: Stripe.Invoice): void {
  const used = invoice.lines.data.flatMap((line) => line.discount_amounts ?? []);
  const ids = used.map(({ discount }) => idOfDiscount(discount));
  const isFirst = invoice.billing_reason === "subscription_create";
  if (isFirst && world.settings.trialSpendsOnce) ids.push(...invoice.discounts.map(idOfDiscount));
  for (const id of new Set(ids)) {
    const redemption = world.store.get("redemptions", id);
    if (redemption?.coupon.duration !== "once" || redemption.spentBy !== null) continue;
    world.store.put("redemptions", { ...redemption, spentBy: invoice.id });
    expireDiscount(world, id);
  }
}

/** Takes a discount away before its time; invoices that had it show it as deleted. */
export function endDiscount(world: World, id: string): void {
  const redemption = world.store.get("redemptions", id);
  if (redemption === undefined || redemption.left === "deleted") return;
  const discount = leave(world, id, "deleted").discount;
  if (discount !== undefined && discount.customer !== null) world.emit("customer.discount.deleted", discount);
}

/** Takes away the discounts that were given to this very invoice or item, with it. */
export function endDiscountsOf(
  world: World,
  { id, discounts }: { id: string; discounts: (string | { id: string })[] | null },
  kept: readonly string[] = [],
): void {
  for (const each of (discounts ?? []).map(idOfDiscount)) {
    const discount = world.store.get("discounts", each);
    const isOwn = discount?.invoice === id || discount?.invoice_item === id;
    if (isOwn && !kept.includes(each)) endDiscount(world, each);
  }
}

/** The moment at which the months of a discount are over; null: never, or it has left already. */
export function discountEndsAt(world: World, id: string): number | null {
  const redemption = world.store.get("redemptions", id);
  return redemption?.left === null ? (world.store.get("discounts", id)?.end ?? null) : null;
}

/** Its months are over, or it was used up: told of when somebody still had it. */
export function expireDiscount(world: World, id: string): void {
  const { discount, held } = leave(world, id, "over");
  if (discount !== undefined && held && world.settings.discountEndIsTold)
    world.emit("customer.discount.deleted", discount);
}

/** Off its owner, quietly, if it was there; the discount is written again, so that nothing more is planned for it. */
function leave(world: World, id: string, left: "over" | "deleted") {
  const discount = world.store.get("discounts", id);
  const held = discount !== undefined && holds(world, discount);
  if (world.store.get("redemptions", id) !== undefined) world.change("redemptions", id, { left });
  if (discount === undefined) return { discount, held };
  if (held) detach(world, discount);
  world.store.put("discounts", { ...discount });
  return { discount, held };
}

function holds(world: World, discount: Stripe.Discount): boolean {
  const has = (row: { discounts: (string | { id: string })[] }) =>
    row.discounts.some((entry) => idOfDiscount(entry) === discount.id);
  if (discount.subscription === null) return holderOf(world, discount)?.discount?.id === discount.id;
  const subscription = world.store.get("subscriptions", discount.subscription);
  if (subscription === undefined || isEnded(subscription)) return false;
  return has(subscription) || subscription.items.data.some(has);
}

function detach(world: World, discount: Stripe.Discount): void {
  const customer = holderOf(world, discount);
  if (customer?.discount?.id === discount.id) world.change("customers", customer.id, { discount: null });
  const subscription = world.store.get("subscriptions", discount.subscription ?? "");
  if (subscription === undefined) return;
  const without = <T extends { discounts: (string | Stripe.Discount)[] }>(row: T): T => ({
    ...row,
    discounts: row.discounts.filter((entry) => idOfDiscount(entry) !== discount.id),
  });
  const { data } = subscription.items;
  const items = { ...subscription.items, data: data.map(without) };
  world.change("subscriptions", subscription.id, { ...without(subscription), items });
}

function holderOf(world: World, { customer }: Stripe.Discount): Stripe.Customer | null {
  return typeof customer === "string" ? liveCustomer(world, customer) : null;
}
