import type Stripe from "stripe";
import { scheduleCancel, unscheduleCancel } from "../billing/cancel-subscription.ts";
import { forgetAnnouncement } from "../billing/turn-subscription.ts";
import { badState, notCovered } from "../http/errors.ts";
import type { Call } from "../http/route.ts";
import { cancelAtPatch, daysUntilDue, ownMethod, trialEndAt, withinReach } from "./subscription-fields.ts";
import type { SubscriptionUpdate } from "./update-subscription.ts";

/** Whether a new period is to begin now. */
export function anchorNow(
  before: Stripe.Subscription,
  { billing_cycle_anchor: anchor }: SubscriptionUpdate,
): boolean {
  if (anchor?.type !== "now") return false;
  if (before.status === "trialing") throw notCovered("billing_cycle_anchor[type]=now (in a trial)");
  return true;
}

/** The end of a trial that begins now; null: none does. */
export function newTrial(
  { world }: Call,
  before: Stripe.Subscription,
  { trial_end: end }: SubscriptionUpdate,
): number | null {
  if (typeof end !== "number" || before.status === "trialing") return null;
  if (before.status !== "active" && before.status !== "past_due")
    throw badState(`A subscription that is ${before.status} cannot be given a trial.`, {
      param: "trial_end",
    });
  forgetAnnouncement(world, before.id);
  return trialEndAt(world, end);
}

/** Another card. */
export function methodPatch(
  call: Call,
  before: Stripe.Subscription,
  { default_payment_method: id }: SubscriptionUpdate,
): Partial<Stripe.Subscription> {
  if (id === undefined) return {};
  return { default_payment_method: id && ownMethod(call, id, String(before.customer)) };
}

/** How invoices are collected, and whether they are at all. */
export function collectionPatch(
  { world }: Call,
  before: Stripe.Subscription,
  params: SubscriptionUpdate,
): Partial<Stripe.Subscription> {
  const method = params.collection_method ?? before.collection_method;
  const save = params.payment_settings?.save_default_payment_method;
  const pause = params.pause_collection;
  const resumes_at = pause?.resumes_at
    ? withinReach(world, pause.resumes_at, "pause_collection[resumes_at]")
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

/** A cancellation that is planned, moved or taken back. */
export function cancelPatch(
  { world }: Call,
  before: Stripe.Subscription,
  params: SubscriptionUpdate,
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
export function trialPatch(
  { world }: Call,
  before: Stripe.Subscription,
  params: SubscriptionUpdate,
): Partial<Stripe.Subscription> {
  const behaviour = params.trial_settings?.end_behavior?.missing_payment_method;
  const settings = before.trial_settings?.end_behavior;
  const terms = behaviour &&
    settings && { trial_settings: { end_behavior: { ...settings, missing_payment_method: behaviour } } };
  const end = params.trial_end;
  if (typeof end !== "number" || before.status !== "trialing") return { ...terms };
  if (trialEndAt(world, end) > Number(before.trial_end)) forgetAnnouncement(world, before.id);
  const data = before.items.data.map((item) => ({ ...item, current_period_end: end }));
  return { ...terms, trial_end: end, billing_cycle_anchor: end, items: { ...before.items, data } };
}
