import type Stripe from "stripe";
import type { InvoiceInput } from "../objects/invoice.ts";
import { currentPeriodEnd, itemsInNextPeriod } from "../objects/subscription.ts";
import { DAY } from "./calendar.ts";
import { cancelSubscription, endSubscription } from "./cancel-subscription.ts";
import { draftInvoice } from "./invoicing.ts";
import { markPaused } from "./mark-paused.ts";
import { shelveInvoice } from "./pause-collection.ts";
import { paymentMethodOf } from "./payment-methods.ts";
import { voidInvoice } from "./settle-invoice.ts";
import type { EventType, World } from "./world.ts";

const USUAL_ORDER: readonly EventType[] = ["customer.subscription.updated", "invoice.created"];

/** Whatever the end of a trial or period, or a scheduled cancellation, means for a subscription. */
export function turnSubscription(world: World, subscription: Stripe.Subscription): void {
  const now = world.now();
  if (subscription.cancel_at !== null && subscription.cancel_at <= now) {
    const waiting = world.store.where("invoiceItems", "pending", subscription.id);
    endSubscription(world, subscription.id, null);
    if (waiting.length > 0) invoiceWhatWaits(world, subscription);
  } else if (subscription.status === "trialing") {
    endTrial(world, subscription);
  } else {
    startPeriod(world, subscription, currentPeriodEnd(subscription));
  }
}

/** What waited for the next invoice of a subscription that has ended is charged all the same. */
function invoiceWhatWaits(world: World, subscription: Stripe.Subscription): void {
  const finalizesAt = world.now() + world.settings.draftSeconds;
  draftInvoice(world, { subscription, reason: "subscription_cycle", finalizesAt, withItems: false });
}

/** With a payment method the first paid period begins; without one there are three ways on (stripe-facts 2 E, F). */
export function endTrial(world: World, subscription: Stripe.Subscription): void {
  if (endsWithoutCard(world, subscription)) return;
  startPeriod(world, subscription, Math.min(subscription.trial_end ?? world.now(), world.now()));
}

/** Cancels or pauses what needs a card at the end of its trial and has none; false: the trial ends otherwise. */
export function endsWithoutCard(world: World, subscription: Stripe.Subscription): boolean {
  const behaviour = subscription.trial_settings?.end_behavior.missing_payment_method ?? "create_invoice";
  if (subscription.collection_method === "send_invoice" || behaviour === "create_invoice") return false;
  if (paymentMethodOf(world, subscription) !== null) return false;
  if (behaviour === "cancel") cancelSubscription(world, subscription.id, null);
  else markPaused(world, subscription.id, "trial_end_without_payment_method");
  return true;
}

/** The first phase of a renewal: the period moves on and a draft invoice appears; money moves an hour later. */
function startPeriod(world: World, subscription: Stripe.Subscription, start: number): void {
  world.inOrder(USUAL_ORDER, () => {
    const { begun, invoice } = beginPeriod(world, subscription, {
      start,
      reason: "subscription_cycle",
      finalizesAt: subscription.status === "unpaid" ? null : world.now() + world.settings.draftSeconds,
    });
    shelveInvoice(world, begun, invoice.id);
  });
}

/** A period begins, and the draft of its invoice with it. */
export function beginPeriod(
  world: World,
  subscription: Stripe.Subscription,
  about: Pick<InvoiceInput, "finalizesAt"> & {
    start: number;
    reason: "subscription_cycle" | "subscription_update";
  },
): { begun: Stripe.Subscription; invoice: Stripe.Invoice } {
  return world.inOrder(USUAL_ORDER, () => {
    const { start, reason, finalizesAt } = about;
    const fromTrial = subscription.status === "trialing";
    const anchor = fromTrial ? start : subscription.billing_cycle_anchor;
    const items = itemsInNextPeriod(subscription, start, anchor);
    const invoice = draftInvoice(world, {
      ...{ subscription: { ...subscription, items }, reason, finalizesAt, free: false },
      advances: subscription.status !== "unpaid",
    });
    const begun = world.update("customer.subscription.updated", subscription.id, {
      items,
      billing_cycle_anchor: anchor,
      latest_invoice: invoice.id,
      ...(fromTrial && { status: "active", trial_end: start }),
    });
    return { begun, invoice };
  });
}

/** Three days before a trial ends, once. */
export function announceTrialEnd(world: World, subscription: Stripe.Subscription): void {
  const note = world.store.get("subscriptionNotes", subscription.id);
  world.store.put("subscriptionNotes", { ...note, id: subscription.id, trialWillEndSent: true });
  world.emit("customer.subscription.trial_will_end", subscription);
}

/** Another end of the trial is announced anew. */
export function forgetAnnouncement(world: World, id: string): void {
  const note = world.store.get("subscriptionNotes", id);
  if (note !== undefined) world.store.put("subscriptionNotes", { ...note, trialWillEndSent: false });
}

/** A trial that was moved to end within three days: announced now, if it was not before. */
export function announceIfNear(world: World, subscription: Stripe.Subscription): void {
  const { id, status, trial_end } = subscription;
  if (status !== "trialing" || trial_end === null || trial_end - 3 * DAY > world.now()) return;
  if (world.store.get("subscriptionNotes", id)?.trialWillEndSent !== true)
    announceTrialEnd(world, subscription);
}

/** 23 hours without the first payment: over for good, and its invoice is void. */
export function expireIncomplete(world: World, subscription: Stripe.Subscription): void {
  const expired = { status: "incomplete_expired", ended_at: world.now() } as const;
  world.update("customer.subscription.updated", subscription.id, expired);
  const invoice = world.store.get("invoices", String(subscription.latest_invoice));
  if (invoice?.status === "open") voidInvoice(world, invoice.id);
}
