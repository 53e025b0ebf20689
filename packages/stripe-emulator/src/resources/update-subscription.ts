import type Stripe from "stripe";
import { isEnded, scheduleCancel, unscheduleCancel } from "../billing/cancel-subscription.ts";
import { itemsAfter, type PriceChange, settleChange, startsAnew } from "../billing/change-price.ts";
import { announceIfNear, announceTrialEnd, endTrial } from "../billing/turn-subscription.ts";
import { badState, missing } from "../http/errors.ts";
import {
  either,
  flag,
  hash,
  ignored,
  integer,
  list,
  mergeMetadata,
  metadata,
  oneOf,
  type Reader,
  text,
  uncovered,
} from "../http/params.ts";
import { type Call, idOf } from "../http/route.ts";
import { currentPeriodEnd } from "../objects/subscription.ts";
import { found, named } from "./find.ts";
import { CHANGED_ITEM, changeOf } from "./price-change.ts";
import { changedDiscounts, DISCOUNT_PARAMS, dropDiscounts } from "./subscription-discounts.ts";

export const CANCELLATION_DETAILS = hash({
  comment: text,
  feedback: oneOf(
    "customer_service",
    "low_quality",
    "missing_features",
    "other",
    "switched_service",
    "too_complex",
    "too_expensive",
    "unused",
  ),
  feedback_option: ignored,
});

const TRIAL_END: Reader<number | "now"> = (value, at, version) =>
  value === "now" ? "now" : integer(value, at, version);

/** What a subscription update takes. */
export const UPDATE = hash({
  add_invoice_items: uncovered,
  billing_cycle_anchor: uncovered,
  cancel_at: either(
    (value, at, version) =>
      /^m/.test(String(value))
        ? oneOf("min_period_end", "max_period_end", "max_billed_until")(value, at, version)
        : integer(value, at, version),
    uncovered,
  ),
  cancel_at_period_end: flag,
  cancellation_details: CANCELLATION_DETAILS,
  collection_method: oneOf("charge_automatically"),
  default_payment_method: text,
  description: text,
  ...DISCOUNT_PARAMS,
  items: list(CHANGED_ITEM),
  metadata,
  off_session: ignored,
  pause_collection: uncovered,
  payment_behavior: ignored,
  payment_settings: ignored,
  proration_behavior: oneOf("create_prorations", "always_invoice", "none"),
  trial_end: TRIAL_END,
  trial_settings: hash({
    end_behavior: hash(
      { missing_payment_method: oneOf("cancel", "create_invoice", "pause"), billing_cycle_anchor: ignored },
      "missing_payment_method",
    ),
  }),
});

type Update = ReturnType<typeof UPDATE>;

/** Changes a subscription; an ended one takes only metadata and cancellation details. */
export function updateSubscription(call: Call, params: Update): Stripe.Subscription {
  const { world } = call;
  const before = found(call, "subscriptions", "subscription");
  if (
    isEnded(before) &&
    Object.keys(params).some((key) => key !== "metadata" && key !== "cancellation_details")
  ) {
    // Unverified: the exact error; it is the one third parties report.
    throw missing("subscription", idOf(call));
  }
  const change = changeOf(call, before, params);
  const patch: Partial<Stripe.Subscription> = {
    metadata: mergeMetadata(before.metadata, params.metadata),
    ...(params.description !== undefined && { description: params.description }),
    ...methodPatch(call, params),
    ...cancelPatch(call, before, params),
    ...trialPatch(before, params),
    ...changedDiscounts(world, before, params),
    ...(change !== null && pricePatch(call, before, change)),
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
  if (change !== null) settleChange(world, before, { change, after });
  if (change !== null && params.trial_end !== "now") return found(call, "subscriptions", "subscription");
  if (params.trial_end !== "now" || before.status !== "trialing") return after;
  announceTrialEnd(world, after);
  endTrial(world, { ...after, trial_end: world.now() });
  return world.store.get("subscriptions", before.id) ?? after;
}

function pricePatch(
  { world }: Call,
  before: Stripe.Subscription,
  change: PriceChange,
): Partial<Stripe.Subscription> {
  const anew = startsAnew(before, change);
  return { items: itemsAfter(world, before, change), ...(anew && { billing_cycle_anchor: world.now() }) };
}

function methodPatch(call: Call, { default_payment_method: id }: Update): Partial<Stripe.Subscription> {
  if (id === undefined) return {};
  if (id !== null)
    named(call, "paymentMethods", { id, noun: "PaymentMethod", param: "default_payment_method" });
  return { default_payment_method: id };
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
  if (typeof at === "number" || typeof at === "string") {
    const moment = typeof at === "number" ? at : currentPeriodEnd(before);
    if (moment <= world.now()) throw badState("`cancel_at` must be in the future.", { param: "cancel_at" });
    return { ...scheduleCancel(world, before, "portal"), cancel_at: moment };
  }
  const clears =
    (atEnd === false && before.cancel_at_period_end) || (at === null && !before.cancel_at_period_end);
  return clears && before.cancel_at !== null ? unscheduleCancel() : {};
}

function trialPatch(before: Stripe.Subscription, params: Update): Partial<Stripe.Subscription> {
  const behaviour = params.trial_settings?.end_behavior?.missing_payment_method;
  const settings = before.trial_settings?.end_behavior;
  const end = params.trial_end;
  if (typeof end === "number" && before.status !== "trialing") {
    throw badState("The emulator covers a new `trial_end` only while the subscription is trialing.", {
      param: "trial_end",
    });
  }
  const data = before.items.data.map((item) =>
    typeof end === "number" ? { ...item, current_period_end: end } : item,
  );
  return {
    ...(behaviour &&
      settings && { trial_settings: { end_behavior: { ...settings, missing_payment_method: behaviour } } }),
    ...(typeof end === "number" && {
      trial_end: end,
      billing_cycle_anchor: end,
      items: { ...before.items, data },
    }),
  };
}
