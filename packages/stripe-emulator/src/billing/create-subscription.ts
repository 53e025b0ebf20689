import type Stripe from "stripe";
import { buildSubscription, intervalOf, type SubscriptionInput } from "../objects/subscription.ts";
import { addIntervals } from "./calendar.ts";
import { type Attempt, payInvoice } from "./collect-invoice.ts";
import { draftInvoice, finalizeInvoice, intentOfInvoice, markPaid } from "./invoicing.ts";
import { sendInvoice } from "./send-invoice.ts";
import type { EventType, World } from "./world.ts";

const USUAL_ORDER: readonly EventType[] = [
  "charge.succeeded",
  "charge.failed",
  "customer.subscription.created",
  "payment_intent.succeeded",
  "payment_intent.created",
  "invoice.created",
  "invoice.finalized",
  "invoice.sent",
  "payment_intent.payment_failed",
  "payment_intent.requires_action",
  "invoice.updated",
  "invoice.paid",
  "invoice.payment_succeeded",
  "invoice.payment_action_required",
  "invoice.payment_failed",
];

/** What is done with a new subscription before its first invoice: discounts given, items added. */
type Prepare = (subscription: Stripe.Subscription) => Stripe.Subscription;
const asItIs: Prepare = (subscription) => subscription;

interface Opened {
  subscription: Stripe.Subscription;
  invoice: Stripe.Invoice;
}

/**
 * Writes a subscription with its first invoice, finalized but not paid; tells only of the invoice. It was paid on a
 * page, so the customer's balance has no part in it.
 */
export function openSubscription(world: World, input: SubscriptionInput, prepare: Prepare = asItIs): Opened {
  const { subscription, invoice } = beginSubscription(world, input, { prepare, finalizesAt: null });
  return { subscription, invoice: finalizeInvoice(world, invoice.id, true) };
}

function beginSubscription(
  world: World,
  input: SubscriptionInput,
  { prepare, finalizesAt }: { prepare: Prepare; finalizesAt: number | null },
): Opened {
  const built = prepare(world.store.put("subscriptions", buildSubscription(world, input)));
  const share = shareOfFirst(world, input);
  const invoice = draftInvoice(world, {
    subscription: built,
    reason: "subscription_create",
    finalizesAt,
    free: input.trialEnd !== null || input.freeUntilAnchor === true,
    ...(share !== null && { share }),
  });
  const subscription = world.change("subscriptions", built.id, { latest_invoice: invoice.id });
  return { subscription, invoice };
}

/** The part of an interval until the anchor; null: the first period is a whole one, or a trial. */
function shareOfFirst(world: World, { anchor, items, trialEnd }: SubscriptionInput): number | null {
  const [first] = items;
  if (typeof anchor !== "number" || trialEnd !== null || first === undefined) return null;
  const start = addIntervals(anchor, intervalOf(first.price), -1);
  return Math.min(1, (anchor - world.now()) / (anchor - start));
}

export type PaymentBehaviour = "allow_incomplete" | "default_incomplete" | "error_if_incomplete";

/**
 * A subscription made through the API, without a page: charged at once on the stored card, incomplete, or sent.
 * The attempt tells whether the first payment failed; the caller decides whether that is an error.
 */
export function createSubscription(
  world: World,
  input: Omit<SubscriptionInput, "status">,
  { behaviour, prepare = asItIs }: { behaviour: PaymentBehaviour; prepare?: Prepare },
): { subscription: Stripe.Subscription; attempt: Attempt } {
  return world.inOrder(USUAL_ORDER, () => {
    const trial = input.trialEnd !== null;
    const sends = typeof input.daysUntilDue === "number";
    const status = trial ? "trialing" : sends ? "active" : "incomplete";
    const finalizesAt = sends && !trial ? world.now() + world.settings.draftSeconds : null;
    const opened = beginSubscription(world, { ...input, status }, { prepare, finalizesAt });
    const attempt =
      finalizesAt === null ? payFirst(world, opened.invoice, behaviour) : ({ kind: "ok" } as const);
    // A debit under way counts: the subscription does not wait for the bank.
    const paid =
      attempt.kind === "processing" || world.store.get("invoices", opened.invoice.id)?.status === "paid";
    const created =
      status === "incomplete" && paid
        ? world.change("subscriptions", opened.subscription.id, { status: "active" })
        : (world.store.get("subscriptions", opened.subscription.id) ?? opened.subscription);
    world.emit("customer.subscription.created", created);
    return { subscription: created, attempt };
  });
}

function payFirst(world: World, draft: Stripe.Invoice, behaviour: PaymentBehaviour): Attempt {
  const invoice = finalizeInvoice(world, draft.id);
  if (invoice.amount_due === 0) markPaid(world, invoice.id);
  else if (invoice.collection_method === "send_invoice") sendInvoice(world, invoice.id);
  else if (behaviour !== "default_incomplete") return payInvoice(world, invoice.id);
  else intentOfInvoice(world, invoice);
  return { kind: "ok" };
}
