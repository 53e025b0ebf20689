import type Stripe from "stripe";
import { currentPeriodEnd, itemsInNextPeriod } from "../objects/subscription.ts";
import { payInvoice } from "./collect-invoice.ts";
import { draftInvoice, finalizeInvoice } from "./invoicing.ts";
import { markResumed } from "./settle-invoice.ts";
import type { EventType, World } from "./world.ts";

const USUAL_ORDER: readonly EventType[] = [
  "invoice.created",
  "invoice.finalized",
  "payment_intent.created",
  "payment_intent.succeeded",
  "charge.succeeded",
  "charge.failed",
  "payment_intent.payment_failed",
  "invoice.updated",
  "invoice.paid",
  "invoice.payment_succeeded",
  "invoice.payment_action_required",
  "invoice.payment_failed",
  "customer.subscription.updated",
  "customer.subscription.resumed",
];

export interface Resume {
  /** `now`: a new period begins; `unchanged`: a period that still runs goes on without an invoice. */
  anchor: "now" | "unchanged";
  /** Unverified: after a refused payment the one goes on as `past_due`, the other stays paused until it is paid. */
  behaviour: "resume_on_payment_attempt" | "resume_on_payment_success";
}

/** Resumes a paused subscription: at once when nothing is due, else with an invoice that is charged at once. */
export function resumeSubscription(world: World, id: string, how: Resume): Stripe.Subscription {
  return world.inOrder(USUAL_ORDER, () => {
    const paused = mustGetPaused(world, id);
    if (how.anchor === "unchanged" && currentPeriodEnd(paused) > world.now())
      markResumed(world, paused, { status: "active" });
    else payForResumption(world, paused, how);
    return mustGetPaused(world, id);
  });
}

function payForResumption(world: World, paused: Stripe.Subscription, how: Resume): void {
  const now = world.now();
  const anchor = how.anchor === "now" ? now : paused.billing_cycle_anchor;
  const items = itemsInNextPeriod(paused, now, anchor);
  const invoice = draftInvoice(world, {
    subscription: { ...paused, items },
    reason: "subscription_update",
    finalizesAt: null,
    free: false,
  });
  const note = world.store.get("subscriptionNotes", paused.id) ?? { id: paused.id, trialWillEndSent: false };
  world.store.put("subscriptionNotes", { ...note, resumption: invoice.id });
  finalizeInvoice(world, invoice.id);
  const attempt = payInvoice(world, invoice.id);
  const goesOn = attempt.kind !== "no_payment_method" && how.behaviour === "resume_on_payment_attempt";
  const status = attempt.kind === "ok" ? "active" : goesOn ? "past_due" : null;
  const moved = { latest_invoice: invoice.id, billing_cycle_anchor: anchor };
  // It stays paused until the invoice is paid: what is told is the invoice it waits for.
  if (status === null) world.update("customer.subscription.updated", paused.id, moved);
  else markResumed(world, mustGetPaused(world, paused.id), { ...moved, items, status });
}

function mustGetPaused(world: World, id: string): Stripe.Subscription {
  const subscription = world.store.get("subscriptions", id);
  if (subscription === undefined) throw new Error(`No subscription ${id}`);
  return subscription;
}
