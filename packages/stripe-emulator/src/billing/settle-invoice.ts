import type Stripe from "stripe";
import { subscriptionOfInvoice } from "../objects/invoice.ts";
import { cancelIntent } from "./cancel-intent.ts";
import { giveBalanceBack } from "./customer-balance.ts";
import { mustGet } from "./invoicing.ts";
import { previousAttributes } from "./previous-attributes.ts";
import type { World } from "./world.ts";

/** What the invoice that counts means for its subscription, once it is settled (stripe-facts 2 H, M). */
export function followInvoice(world: World, id: string): void {
  const subscription = world.store.get("subscriptions", subscriptionOfInvoice(mustGet(world, id)) ?? "");
  const decisive = subscription === undefined ? undefined : decisiveInvoice(world, subscription);
  if (subscription === undefined || decisive === undefined) return;
  const settled = decisive.status === "paid" || decisive.status === "uncollectible";
  if (!settled) return;
  if (["past_due", "unpaid", "incomplete"].includes(subscription.status))
    world.update("customer.subscription.updated", subscription.id, { status: "active" });
  else if (subscription.status === "paused" && decisive.id === id) resumeWith(world, subscription, decisive);
}

/** The latest that is not void decides; drafts count only while the subscription is unpaid and nothing is finalized. */
function decisiveInvoice(world: World, subscription: Stripe.Subscription): Stripe.Invoice | undefined {
  return world.store
    .where("invoices", "subscription", subscription.id)
    .findLast(
      ({ status, billing_reason }) =>
        billing_reason !== "manual" &&
        status !== "void" &&
        (status !== "draft" || subscription.status === "unpaid"),
    );
}

/** A paused subscription goes on with the period its resumption invoice paid for. */
function resumeWith(world: World, subscription: Stripe.Subscription, invoice: Stripe.Invoice): void {
  const period = invoice.lines.data.find(({ parent }) => parent?.subscription_item_details)?.period;
  if (!isResumption(world, invoice) || period === undefined) return;
  const data = subscription.items.data.map((item) => ({
    ...item,
    current_period_start: period.start,
    current_period_end: period.end,
  }));
  markResumed(world, subscription, { items: { ...subscription.items, data }, status: "active" });
}

/** Whether an invoice was made to end a pause: no other one does, however it is settled. */
export function isResumption(world: World, invoice: Stripe.Invoice): boolean {
  const subscription = subscriptionOfInvoice(invoice) ?? "";
  return world.store.get("subscriptionNotes", subscription)?.resumption === invoice.id;
}

/** Paused no longer: told twice, as a change and as what it is. */
export function markResumed(
  world: World,
  subscription: Stripe.Subscription,
  patch: Partial<Stripe.Subscription>,
): void {
  const { status_details: _over, ...rest } = subscription;
  world.store.put("subscriptions", rest);
  const resumed = world.change("subscriptions", subscription.id, patch);
  const previous = previousAttributes(subscription, resumed) ?? {};
  // Its invoice has done what it was made for: settled later, it ends no pause of another time.
  const note = world.store.get("subscriptionNotes", subscription.id);
  if (note?.resumption !== undefined) {
    const { resumption, ...kept } = note;
    world.store.put("subscriptionNotes", kept);
  }
  if (world.settings.resumptionIsUpdate) world.emit("customer.subscription.updated", resumed, previous);
  world.emit("customer.subscription.resumed", resumed);
}

/** Open → void: nobody owes it any more, as if it had never been. */
export function voidInvoice(world: World, id: string): Stripe.Invoice {
  const before = mustGet(world, id);
  const voided = world.change("invoices", id, {
    ...CLOSED,
    status: "void",
    status_transitions: { ...before.status_transitions, voided_at: world.now() },
  });
  cancelPayments(world, id);
  giveBalanceBack(world, voided);
  world.emit("invoice.voided", voided);
  followInvoice(world, id);
  return voided;
}

/** Open → uncollectible: given up, which heals the subscription. */
export function markUncollectible(world: World, id: string): Stripe.Invoice {
  const before = mustGet(world, id);
  const given = world.change("invoices", id, {
    ...CLOSED,
    status: "uncollectible",
    status_transitions: { ...before.status_transitions, marked_uncollectible_at: world.now() },
  });
  world.emit("invoice.marked_uncollectible", given);
  followInvoice(world, id);
  return given;
}

const CLOSED = { auto_advance: false, next_payment_attempt: null } as const;

function cancelPayments(world: World, invoice: string): void {
  for (const payment of world.store.where("invoicePayments", "invoice", invoice)) {
    if (payment.status !== "open") continue;
    const status_transitions = { ...payment.status_transitions, canceled_at: world.now() };
    world.change("invoicePayments", payment.id, { status: "canceled", status_transitions });
    const intent = world.store.get("paymentIntents", String(payment.payment.payment_intent));
    if (intent !== undefined) cancelIntent(world, intent, "void_invoice");
  }
}
