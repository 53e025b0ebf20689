import type Stripe from "stripe";
import { buildSubscription, type SubscriptionInput } from "../objects/subscription.ts";
import { type Attempt, payInvoice } from "./collect-invoice.ts";
import { draftInvoice, finalizeInvoice, intentOfInvoice, markPaid } from "./invoicing.ts";
import type { EventType, World } from "./world.ts";

const USUAL_ORDER: readonly EventType[] = [
  "charge.succeeded",
  "charge.failed",
  "customer.subscription.created",
  "payment_intent.succeeded",
  "payment_intent.created",
  "invoice.created",
  "invoice.finalized",
  "payment_intent.payment_failed",
  "payment_intent.requires_action",
  "invoice.updated",
  "invoice.paid",
  "invoice.payment_succeeded",
  "invoice.payment_action_required",
  "invoice.payment_failed",
];

type Prepare = (subscription: Stripe.Subscription) => Stripe.Subscription;

/**
 * Writes a subscription with its first invoice, finalized but not paid; tells only of the invoice. `prepare` does what
 * that invoice has to find: discounts and items of its own.
 */
export function openSubscription(
  world: World,
  input: SubscriptionInput,
  prepare: Prepare = (subscription) => subscription,
): { subscription: Stripe.Subscription; invoice: Stripe.Invoice } {
  const free = input.trialEnd !== null;
  const built = prepare(world.store.put("subscriptions", buildSubscription(world, input)));
  const draft = draftInvoice(world, {
    subscription: built,
    reason: "subscription_create",
    finalizesAt: null,
    free,
  });
  const subscription = world.change("subscriptions", built.id, { latest_invoice: draft.id });
  return { subscription, invoice: finalizeInvoice(world, draft.id, true) };
}

export type PaymentBehaviour = "allow_incomplete" | "default_incomplete" | "error_if_incomplete";

/**
 * A subscription made through the API, without a page: charged at once on the stored card, or incomplete.
 * The attempt tells whether the first payment failed; the caller decides whether that is an error.
 */
export function createSubscription(
  world: World,
  { prepare, ...input }: Omit<SubscriptionInput, "status"> & { prepare?: Prepare },
  behaviour: PaymentBehaviour,
): { subscription: Stripe.Subscription; attempt: Attempt } {
  return world.inOrder(USUAL_ORDER, () => {
    const trial = input.trialEnd !== null;
    const status = trial ? "trialing" : "incomplete";
    const { subscription, invoice } = openSubscription(world, { ...input, status }, prepare);
    if (trial) markPaid(world, invoice.id);
    else if (behaviour === "default_incomplete") intentOfInvoice(world, invoice);
    const later = trial || behaviour === "default_incomplete";
    const attempt: Attempt = later ? { kind: "ok" } : payInvoice(world, invoice.id);
    const paid = !later && (attempt.kind === "ok" || attempt.kind === "processing");
    const created = paid
      ? world.change("subscriptions", subscription.id, { status: "active" })
      : subscription;
    world.emit("customer.subscription.created", created);
    return { subscription: created, attempt };
  });
}
