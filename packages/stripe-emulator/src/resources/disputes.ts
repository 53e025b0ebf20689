import type Stripe from "stripe";
import { closeDispute, isOpen, submitEvidence } from "../billing/disputes.ts";
import { badState } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { flag, hash, ignored, mergeMetadata, metadata, text } from "../http/params.ts";
import { type Call, type Route, route } from "../http/route.ts";
import { EVIDENCE_NAMES } from "../objects/dispute.ts";
import { found } from "./find.ts";

const URL = "/v1/disputes";
const UPDATE = hash({
  evidence: hash(Object.fromEntries(EVIDENCE_NAMES.map((name) => [name, text]))),
  intended_submission_method: ignored,
  metadata,
  submit: flag,
});

/** Disputes: retrieve, list, hand in evidence, close (accept as lost). They are opened by cards and by control. */
export const disputeRoutes: Route[] = [
  route(`GET ${URL}`, hash({ ...LIST_PARAMS, charge: text, payment_intent: text }), (call, params) => {
    const rows = call.world.store.all("disputes").filter((row) => {
      if (params.charge && row.charge !== params.charge) return false;
      return !params.payment_intent || row.payment_intent === params.payment_intent;
    });
    return paginate(rows, params, { url: URL, noun: "dispute", all: call.world.store.scan("disputes") });
  }),
  route(`GET ${URL}/:id`, hash({}), (call) => found(call, "disputes", "dispute")),
  route(`POST ${URL}/:id`, UPDATE, (call, params) => {
    const dispute = params.evidence || params.submit ? mustBeOpen(call) : found(call, "disputes", "dispute");
    const metadata = mergeMetadata(dispute.metadata, params.metadata);
    const changed = call.world.change("disputes", dispute.id, { metadata });
    if (params.evidence || params.submit) {
      const evidence = (params.evidence ?? {}) as Record<string, string | null>;
      // As at Stripe, evidence is submitted at once unless `submit` is false.
      return submitEvidence(call.world, changed, { evidence, submit: params.submit !== false });
    }
    if (JSON.stringify(metadata) !== JSON.stringify(dispute.metadata))
      call.world.emit("charge.dispute.updated", changed, { metadata: dispute.metadata });
    return changed;
  }),
  route(`POST ${URL}/:id/close`, hash({}), (call) => closeDispute(call.world, mustBeOpen(call), "lost")),
];

function mustBeOpen(call: Call): Stripe.Dispute {
  const dispute = found(call, "disputes", "dispute");
  if (!isOpen(dispute)) throw badState("This dispute is already closed.");
  return dispute;
}
