import type Stripe from "stripe";
import { buildDispute } from "../objects/dispute.ts";
import { subscriptionOfInvoice } from "../objects/invoice.ts";
import { cancelSubscription, isEnded } from "./cancel-subscription.ts";
import type { World } from "./world.ts";

export type DisputeOutcome = "won" | "lost";

/** A cardholder disputes a charge: the money is taken back at once, unless it is only an inquiry (stripe-facts 2 P). */
export function openDispute(
  world: World,
  charge: Stripe.Charge,
  why: { reason: string; inquiry: boolean },
): Stripe.Dispute {
  const dispute = world.store.put("disputes", buildDispute(world, charge, why));
  world.change("charges", charge.id, { disputed: true });
  world.emit("charge.dispute.created", dispute);
  if (!why.inquiry) world.emit("charge.dispute.funds_withdrawn", dispute);
  if (world.settings.disputeCancels && !why.inquiry) endWhatItPaid(world, charge);
  return dispute;
}

/** Evidence was handed in: the bank looks at it. */
export function submitEvidence(
  world: World,
  dispute: Stripe.Dispute,
  { evidence, submit }: { evidence: Record<string, string | null>; submit: boolean },
): Stripe.Dispute {
  const { evidence_details: before } = dispute;
  const after = world.change("disputes", dispute.id, {
    evidence: { ...dispute.evidence, ...evidence },
    evidence_details: {
      ...before,
      has_evidence: true,
      submission_count: before.submission_count + (submit ? 1 : 0),
    },
    ...(submit && { status: isInquiry(dispute) ? "warning_under_review" : "under_review" }),
  });
  world.emit("charge.dispute.updated", after, { status: dispute.status });
  return after;
}

/** The bank decided. Won: the money comes back. An inquiry is closed without a winner. */
export function closeDispute(world: World, dispute: Stripe.Dispute, outcome: DisputeOutcome): Stripe.Dispute {
  const status = isInquiry(dispute) ? "warning_closed" : outcome;
  const closed = world.change("disputes", dispute.id, { status });
  if (status === "won") world.emit("charge.dispute.funds_reinstated", closed);
  world.emit("charge.dispute.closed", closed);
  return closed;
}

/** Whether anything can still be decided. */
export function isOpen({ status }: Stripe.Dispute): boolean {
  return !["won", "lost", "warning_closed"].includes(status);
}

function isInquiry({ status }: Stripe.Dispute): boolean {
  return status.startsWith("warning_");
}

/** A dashboard setting: whoever disputes a payment loses the subscription it was for. */
function endWhatItPaid(world: World, charge: Stripe.Charge): void {
  const [payment] = world.store.where("invoicePayments", "payment_intent", String(charge.payment_intent));
  const invoice = world.store.get("invoices", String(payment?.invoice));
  const id = invoice === undefined ? null : subscriptionOfInvoice(invoice);
  const subscription = id === null ? undefined : world.store.get("subscriptions", id);
  if (subscription !== undefined && !isEnded(subscription))
    cancelSubscription(world, subscription.id, { reason: "payment_disputed" });
}
