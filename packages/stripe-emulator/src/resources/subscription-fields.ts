import type Stripe from "stripe";
import { DAY } from "../billing/calendar.ts";
import { scheduleCancel } from "../billing/cancel-subscription.ts";
import type { World } from "../billing/world.ts";
import { LONGEST_ADVANCE } from "../clock.ts";
import { badParam, badState, missing, type StripeError } from "../http/errors.ts";
import {
  either,
  emulated,
  flag,
  hash,
  ignored,
  integer,
  list,
  metadata,
  oneOf,
  type Reader,
  removed,
  text,
  uncovered,
} from "../http/params.ts";
import type { Call } from "../http/route.ts";
import { currentPeriodEnd } from "../objects/subscription.ts";
import { DISCOUNTS } from "./discount-params.ts";
import { PRICE_DATA } from "./priced.ts";

/** Parameters that creating and updating a subscription share. */
export const ADDED_ITEMS = list(
  hash({
    discountable: flag,
    discounts: DISCOUNTS,
    metadata,
    period: ignored,
    price: text,
    price_data: PRICE_DATA,
    quantity: integer,
    tax_rates: uncovered,
  }),
);

const CANCEL_WORD = oneOf("min_period_end", "max_period_end", "max_billed_until");
export const CANCEL_AT: Reader<number | "min_period_end" | "max_period_end" | "max_billed_until"> = either(
  (value, at, version) =>
    /^m/.test(String(value)) ? CANCEL_WORD(value, at, version) : integer(value, at, version),
  uncovered,
);

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

export const COLLECTION_METHOD = oneOf("charge_automatically", "send_invoice");

export const PAYMENT_SETTINGS = hash({
  payment_method_options: ignored,
  payment_method_types: ignored,
  save_default_payment_method: oneOf("off", "on_subscription"),
});

export const PRORATION = oneOf("create_prorations", "always_invoice", "none");

/** The end of a trial (unix seconds), or `now`. */
export const TRIAL_END: Reader<number | "now"> = (value, at, version) =>
  value === "now" ? "now" : integer(value, at, version);

export const TRIAL_SETTINGS = hash({
  end_behavior: hash({
    missing_payment_method: oneOf("cancel", "create_invoice", "pause"),
    billing_cycle_anchor: emulated(["now"], ["unchanged"]),
  }),
});

/** What an update does when its payment fails. */
export const UPDATE_BEHAVIOUR = emulated(
  ["allow_incomplete", "default_incomplete", "error_if_incomplete"],
  ["pending_if_incomplete"],
);

/** A plain word until endive, `{ type }` since. */
export const ANCHOR: Reader<{ type: "now" | "unchanged" }> = either(
  removed("2026-09-30.endive", {
    hint: "Use billing_cycle_anchor[type] instead.",
    before: (value, at, version) => ({ type: oneOf("now", "unchanged")(value, at, version) }),
  }),
  hash({ type: oneOf("now", "unchanged") }, "type"),
);

/** Parameters of Stripe's that no subscription here takes. */
export const UNCOVERED = {
  application_fee_percent: uncovered,
  automatic_tax: uncovered,
  billing_schedules: uncovered,
  billing_thresholds: uncovered,
  default_source: uncovered,
  default_tax_rates: uncovered,
  invoice_settings: ignored,
  on_behalf_of: uncovered,
  pending_invoice_item_interval: uncovered,
  transfer_data: uncovered,
  trial_from_plan: ignored,
};

/** The moment `cancel_at` means, and what it writes. */
export function cancelAtPatch(
  world: World,
  subscription: Stripe.Subscription,
  at: NonNullable<ReturnType<typeof CANCEL_AT>>,
): Partial<Stripe.Subscription> {
  const ends = subscription.items.data.map((item) => item.current_period_end);
  const named = at === "min_period_end" ? Math.min(...ends) : currentPeriodEnd(subscription);
  const moment = typeof at === "number" ? at : named;
  if (moment <= world.now()) throw badState("`cancel_at` must be in the future.", { param: "cancel_at" });
  return { ...scheduleCancel(world, subscription, "portal"), cancel_at: moment };
}

/** A payment method a parameter names: it must be the customer's. */
export function ownMethod({ world }: Call, id: string, customer: string): string {
  if (world.store.get("paymentMethods", id)?.customer !== customer)
    throw missing("PaymentMethod", id, "default_payment_method");
  return id;
}

/** Days to pay, which only invoices that are sent have. */
export function daysUntilDue(
  days: number | null | undefined,
  { method, before }: { method: string; before: number | null },
): number | null {
  if (method !== "send_invoice") {
    if (typeof days !== "number") return null;
    throw badState("You can only set `days_until_due` if `collection_method` is `send_invoice`.", {
      param: "days_until_due",
    });
  }
  const after = days ?? before;
  if (after === null)
    throw badParam(
      "parameter_missing",
      "You must specify `days_until_due` if `collection_method` is `send_invoice`.",
      "days_until_due",
    );
  if (after < 0)
    throw badParam("parameter_invalid_integer", "Invalid non-negative integer", "days_until_due");
  return after;
}

/** Moments to come, such as the end of a trial. */
export function inFuture(world: World, at: number, param: string): number {
  if (at > world.now()) return at;
  throw badState("Invalid timestamp: must be an integer Unix timestamp in the future.", { param });
}

/** The error for changing what has ended; `endedSubscription` says which it is. */
export function hasEnded({ world }: Call, id: string): StripeError {
  if (world.settings.endedSubscription === "resource_missing") return missing("subscription", id);
  return badState("This subscription has ended. Only its metadata and cancellation_details can be changed.");
}

/** A moment to come that a clock can reach; milliseconds instead of seconds are refused. */
export function withinReach(world: World, at: number, param: string): number {
  if (inFuture(world, at, param) <= world.now() + LONGEST_ADVANCE / 1000) return at;
  throw badState("Invalid timestamp: must be an integer Unix timestamp in seconds.", { param });
}

/** The end of a trial: in the future, and two years away at most (the SDK's comment on `trial_end`). */
export function trialEndAt(world: World, at: number): number {
  if (inFuture(world, at, "trial_end") <= world.now() + LONGEST_TRIAL * DAY) return at;
  throw badState("Invalid `trial_end`: a trial can last for two years (730 days) at most.", {
    param: "trial_end",
  });
}

/** The end of a trial of so many days, or null for none. */
export function trialOfDays(world: World, days: number): number | null {
  if (days >= 0 && days <= LONGEST_TRIAL) return days === 0 ? null : world.now() + days * DAY;
  const message = "Trial periods must be between 1 and 730 days.";
  throw badParam("parameter_invalid_integer", message, "trial_period_days");
}

const LONGEST_TRIAL = 730;
