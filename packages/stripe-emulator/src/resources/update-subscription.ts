import type Stripe from "stripe";
import { isEnded } from "../billing/cancel-subscription.ts";
import { announceIfNear } from "../billing/turn-subscription.ts";
import { flag, hash, ignored, integer, list, mergeMetadata, metadata, oneOf, text } from "../http/params.ts";
import type { Call } from "../http/route.ts";
import { addOnce } from "./add-once.ts";
import { carryOut, carryOutTrialEnd, changePatch } from "./carry-out-change.ts";
import { found } from "./find.ts";
import { CHANGED_ITEM, changeOf } from "./price-change.ts";
import { changedDiscounts, DISCOUNT_PARAMS, dropDiscounts } from "./subscription-discounts.ts";
import {
  ADDED_ITEMS,
  ANCHOR,
  CANCEL_AT,
  CANCELLATION_DETAILS,
  COLLECTION_METHOD,
  hasEnded,
  PAYMENT_SETTINGS,
  PRORATION,
  TRIAL_END,
  TRIAL_SETTINGS,
  UNCOVERED,
  UPDATE_BEHAVIOUR,
} from "./subscription-fields.ts";
import {
  anchorNow,
  cancelPatch,
  collectionPatch,
  methodPatch,
  newTrial,
  trialPatch,
} from "./subscription-patches.ts";

/** What a subscription update takes. */
export const UPDATE = hash({
  ...UNCOVERED,
  add_invoice_items: ADDED_ITEMS,
  billing_cycle_anchor: ANCHOR,
  cancel_at: CANCEL_AT,
  cancel_at_period_end: flag,
  cancellation_details: CANCELLATION_DETAILS,
  collection_method: COLLECTION_METHOD,
  days_until_due: integer,
  default_payment_method: text,
  description: text,
  ...DISCOUNT_PARAMS,
  items: list(CHANGED_ITEM),
  metadata,
  off_session: ignored,
  pause_collection: hash(
    { behavior: oneOf("keep_as_draft", "mark_uncollectible", "void"), resumes_at: integer },
    "behavior",
  ),
  payment_behavior: UPDATE_BEHAVIOUR,
  payment_settings: PAYMENT_SETTINGS,
  proration_behavior: PRORATION,
  proration_date: integer,
  trial_end: TRIAL_END,
  trial_settings: TRIAL_SETTINGS,
});

export type SubscriptionUpdate = ReturnType<typeof UPDATE>;

/** Changes a subscription; an ended one takes only metadata and cancellation details. */
export function updateSubscription(call: Call, params: SubscriptionUpdate): Stripe.Subscription {
  const { world } = call;
  const before = found(call, "subscriptions", "subscription");
  const open = Object.keys(params).some((key) => key !== "metadata" && key !== "cancellation_details");
  if (isEnded(before) && open) throw hasEnded(call, before.id);
  const change = changeOf(call, before, {
    ...params,
    anchorNow: anchorNow(before, params),
    trialEnd: newTrial(call, before, params),
  });
  const trial = trialPatch(call, before, params);
  const base = { ...before, ...trial };
  const patch: Partial<Stripe.Subscription> = {
    metadata: mergeMetadata(before.metadata, params.metadata),
    ...(params.description !== undefined && { description: params.description }),
    ...methodPatch(call, before, params),
    ...collectionPatch(call, before, params),
    ...changedDiscounts(world, before, params),
    ...cancelPatch(call, before, params),
    ...trial,
    ...(change !== null && changePatch(call, base, { ...change, sent: params.items ?? [] })),
  };
  const details = params.cancellation_details;
  const cancellation = patch.cancellation_details ?? before.cancellation_details;
  if (details && cancellation) {
    patch.cancellation_details = {
      ...cancellation,
      comment: details.comment ?? cancellation.comment,
      feedback: details.feedback ?? cancellation.feedback,
    };
  }
  const after = world.update("customer.subscription.updated", before.id, patch);
  if (typeof params.trial_end === "number") announceIfNear(world, after);
  dropDiscounts(world, before, after);
  addOnce(call, after, params.add_invoice_items ?? []);
  if (change !== null) carryOut(call, before, { change, after, behaviour: params.payment_behavior });
  if (params.trial_end === "now" && before.status === "trialing")
    carryOutTrialEnd(call, after, params.payment_behavior);
  return world.store.get("subscriptions", before.id) ?? after;
}
