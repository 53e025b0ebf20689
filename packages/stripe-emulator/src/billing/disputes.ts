import type Stripe from "stripe";
import { buildDisputeTransaction } from "../objects/balance-transaction.ts";
import { buildDispute } from "../objects/dispute.ts";
import { subscriptionOfInvoice } from "../objects/invoice.ts";
import { cancelSubscription, isEnded } from "./cancel-subscription.ts";
import { settleWarning } from "./fraud-warnings.ts";
import { previousAttributes } from "./previous-attributes.ts";
import type { World } from "./world.ts";

export type DisputeOutcome = "won" | "lost";

/** A cardholder disputes a charge: the money is taken back at once, unless it is only an inquiry (stripe-facts 2 P). */
export function openDispute(
  world: World,
  charge: Stripe.Charge,
  why: { reason: string; inquiry: boolean },
): Stripe.Dispute {
  const built = world.store.put("disputes", buildDispute(world, charge, why));
  const dispute = why.inquiry ? built : moveMoney(world, built, "withdrawn");
  world.change("charges", charge.id, { disputed: true });
  world.emit("charge.dispute.created", dispute);
  if (!why.inquiry) world.emit("charge.dispute.funds_withdrawn", dispute);
  settleWarning(world, charge.id);
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
  world.emit("charge.dispute.updated", after, previousAttributes(dispute, after) ?? {});
  if (submit && VERDICTS.includes(String(after.evidence.uncategorized_text))) {
    const at = world.now() + 1;
    world.store.put("lateEvents", {
      id: world.id("late"),
      at,
      type: "charge.dispute.closed",
      object: after.id,
    });
  }
  return after;
}

const ESCALATE = "escalate_inquiry_evidence";
const WINS = "winning_evidence";
/** Texts by which a test decides what the bank says (https://docs.stripe.com/testing, Evidence). */
const VERDICTS = [WINS, "losing_evidence", ESCALATE];

/** The bank has read evidence that was made for a test. */
export function decideByEvidence(world: World, id: string): void {
  const dispute = world.store.get("disputes", id);
  if (dispute === undefined || !isOpen(dispute)) return;
  const text = dispute.evidence.uncategorized_text;
  if (text !== ESCALATE) closeDispute(world, dispute, text === WINS ? "won" : "lost");
  else if (isInquiry(dispute)) {
    const open = { status: "needs_response", is_charge_refundable: false } as const;
    const escalated = moveMoney(world, world.change("disputes", id, open), "withdrawn");
    world.emit("charge.dispute.updated", escalated, { status: dispute.status });
    world.emit("charge.dispute.funds_withdrawn", escalated);
  }
}

/** The disputed amount leaves the account or comes back, with the fee. */
function moveMoney(world: World, dispute: Stripe.Dispute, way: "withdrawn" | "reinstated"): Stripe.Dispute {
  const balance_transactions = [
    ...dispute.balance_transactions,
    buildDisputeTransaction(world, dispute, way),
  ];
  return world.change("disputes", dispute.id, { balance_transactions });
}

/** The bank decided. Won: the money comes back. An inquiry is closed without a winner. */
export function closeDispute(world: World, dispute: Stripe.Dispute, outcome: DisputeOutcome): Stripe.Dispute {
  const status = isInquiry(dispute) ? "warning_closed" : outcome;
  const decided = world.change("disputes", dispute.id, { status });
  const closed = status === "won" ? moveMoney(world, decided, "reinstated") : decided;
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
