import type Stripe from "stripe";
import { isEnded, scheduleCancel, unscheduleCancel } from "../billing/cancel-subscription.ts";
import { itemsAfter, type PriceChange, startsAnew } from "../billing/change-price.ts";
import type { Attempt } from "../billing/collect-invoice.ts";
import { settleChange, type UpdateBehaviour } from "../billing/settle-change.ts";
import {
  announceIfNear,
  announceTrialEnd,
  endTrial,
  forgetAnnouncement,
} from "../billing/turn-subscription.ts";
import { badState, missing, notCovered, StripeError } from "../http/errors.ts";
import { flag, hash, ignored, integer, list, mergeMetadata, metadata, oneOf, text } from "../http/params.ts";
import { type Call, idOf } from "../http/route.ts";
import { addOnce } from "./add-once.ts";
import { found } from "./find.ts";
import { CHANGED_ITEM, changeOf } from "./price-change.ts";
import {
  changedDiscounts,
  DISCOUNT_PARAMS,
  dropDiscounts,
  itemsWithDiscounts,
} from "./subscription-discounts.ts";
import {
  ADDED_ITEMS,
  ANCHOR,
  CANCEL_AT,
  CANCELLATION_DETAILS,
  COLLECTION_METHOD,
  cancelAtPatch,
  daysUntilDue,
  inFuture,
  ownMethod,
  PAYMENT_SETTINGS,
  PRORATION,
  TRIAL_END,
  TRIAL_SETTINGS,
  UNCOVERED,
  UPDATE_BEHAVIOUR,
} from "./subscription-fields.ts";

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

type Update = ReturnType<typeof UPDATE>;

/** Changes a subscription; an ended one takes only metadata and cancellation details. */
export function updateSubscription(call: Call, params: Update): Stripe.Subscription {
  const { world } = call;
  const before = found(call, "subscriptions", "subscription");
  const open = Object.keys(params).some((key) => key !== "metadata" && key !== "cancellation_details");
  // Unverified: the exact error; it is the one third parties report.
  if (isEnded(before) && open) throw missing("subscription", idOf(call));
  const change = changeOf(call, before, {
    ...params,
    anchorNow: anchorNow(before, params),
    trialEnd: newTrial(call, before, params),
  });
  const patch: Partial<Stripe.Subscription> = {
    metadata: mergeMetadata(before.metadata, params.metadata),
    ...(params.description !== undefined && { description: params.description }),
    ...methodPatch(call, before, params),
    ...collectionPatch(call, before, params),
    ...changedDiscounts(world, before, params),
    ...cancelPatch(call, before, params),
    ...trialPatch(call, before, params),
    ...(change !== null && changePatch(call, before, { ...change, sent: params.items ?? [] })),
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
  if (params.trial_end !== "now" || before.status !== "trialing")
    return world.store.get("subscriptions", before.id) ?? after;
  announceTrialEnd(world, after);
  endTrial(world, { ...after, trial_end: world.now() });
  return world.store.get("subscriptions", before.id) ?? after;
}

/** Settles what a change costs; a payment that fails can be an error, which takes everything back. */
export function carryOut(
  { world }: Call,
  before: Stripe.Subscription,
  how: { change: PriceChange; after: Stripe.Subscription; behaviour: UpdateBehaviour | null | undefined },
): void {
  const behaviour = how.behaviour ?? "allow_incomplete";
  const attempt = settleChange(world, before, { ...how, behaviour });
  if (behaviour === "error_if_incomplete" && attempt !== null) refuseUnpaid(attempt);
}

/** The error of `error_if_incomplete`: nothing of the call stays. */
export function refuseUnpaid(attempt: Attempt): void {
  if (attempt.kind === "declined") {
    const { code, message, declineCode } = attempt.decline;
    const decline = declineCode === null ? {} : { decline_code: declineCode };
    throw new StripeError(402, { type: "card_error", code, message, ...decline });
  }
  if (attempt.kind === "challenge")
    throw new StripeError(402, {
      type: "card_error",
      code: "subscription_payment_intent_requires_action",
      message:
        "Payment for this subscription requires additional user action before it can be completed successfully.",
    });
  if (attempt.kind === "no_payment_method") throw badState(NO_METHOD, { code: "resource_missing" });
}

export const NO_METHOD =
  "This customer has no attached payment source or default payment method. Please consider adding a default payment method.";

/** What a change of items, anchor or trial writes. */
export function changePatch(
  { world }: Call,
  before: Stripe.Subscription,
  { sent, ...change }: PriceChange & { sent: ReturnType<typeof CHANGED_ITEM>[] },
): Partial<Stripe.Subscription> {
  const known = before.items.data;
  const changed = { ...before, items: itemsAfter(world, before, change) };
  const items = itemsWithDiscounts(world, changed, { sent, known });
  if (change.trialEnd === null)
    return { items, ...(startsAnew(before, change) && { billing_cycle_anchor: world.now() }) };
  const trial = { status: "trialing", trial_start: world.now(), trial_end: change.trialEnd } as const;
  return { items, billing_cycle_anchor: change.trialEnd, ...trial };
}

function anchorNow(before: Stripe.Subscription, { billing_cycle_anchor: anchor }: Update): boolean {
  if (anchor?.type !== "now") return false;
  if (before.status === "trialing") throw notCovered("billing_cycle_anchor[type]=now (in a trial)");
  return true;
}

/** The end of a trial that begins now; null: none does. */
function newTrial({ world }: Call, before: Stripe.Subscription, { trial_end: end }: Update): number | null {
  if (typeof end !== "number" || before.status === "trialing") return null;
  if (before.status !== "active" && before.status !== "past_due")
    throw badState(`A subscription that is ${before.status} cannot be given a trial.`, {
      param: "trial_end",
    });
  forgetAnnouncement(world, before.id);
  return inFuture(world, end, "trial_end");
}

function methodPatch(
  call: Call,
  before: Stripe.Subscription,
  { default_payment_method: id }: Update,
): Partial<Stripe.Subscription> {
  if (id === undefined) return {};
  return { default_payment_method: id && ownMethod(call, id, String(before.customer)) };
}

function collectionPatch(
  { world }: Call,
  before: Stripe.Subscription,
  params: Update,
): Partial<Stripe.Subscription> {
  const method = params.collection_method ?? before.collection_method;
  const save = params.payment_settings?.save_default_payment_method;
  const pause = params.pause_collection;
  const resumes_at = pause?.resumes_at
    ? inFuture(world, pause.resumes_at, "pause_collection[resumes_at]")
    : null;
  return {
    collection_method: method,
    days_until_due: daysUntilDue(params.days_until_due, { method, before: before.days_until_due }),
    ...(pause !== undefined && { pause_collection: pause && { behavior: pause.behavior, resumes_at } }),
    ...(save &&
      before.payment_settings && {
        payment_settings: { ...before.payment_settings, save_default_payment_method: save },
      }),
  };
}

function cancelPatch(
  { world }: Call,
  before: Stripe.Subscription,
  params: Update,
): Partial<Stripe.Subscription> {
  const { cancel_at: at, cancel_at_period_end: atEnd } = params;
  if (atEnd && at)
    throw badState("You may only specify one of these parameters: cancel_at, cancel_at_period_end.", {
      code: "parameters_exclusive",
      param: "cancel_at",
    });
  if (atEnd === true) return before.cancel_at_period_end ? {} : scheduleCancel(world, before, "api");
  if (at) return cancelAtPatch(world, before, at);
  const clears =
    (atEnd === false && before.cancel_at_period_end) || (at === null && !before.cancel_at_period_end);
  return clears && before.cancel_at !== null ? unscheduleCancel() : {};
}

/** Other terms of a trial, or another end of the one that runs. */
function trialPatch(
  { world }: Call,
  before: Stripe.Subscription,
  params: Update,
): Partial<Stripe.Subscription> {
  const behaviour = params.trial_settings?.end_behavior?.missing_payment_method;
  const settings = before.trial_settings?.end_behavior;
  const terms = behaviour &&
    settings && { trial_settings: { end_behavior: { ...settings, missing_payment_method: behaviour } } };
  const end = params.trial_end;
  if (typeof end !== "number" || before.status !== "trialing") return { ...terms };
  if (inFuture(world, end, "trial_end") > Number(before.trial_end)) forgetAnnouncement(world, before.id);
  const data = before.items.data.map((item) => ({ ...item, current_period_end: end }));
  return { ...terms, trial_end: end, billing_cycle_anchor: end, items: { ...before.items, data } };
}
