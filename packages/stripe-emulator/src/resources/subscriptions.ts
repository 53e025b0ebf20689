import type Stripe from "stripe";
import { DAY } from "../billing/calendar.ts";
import { cancelSubscription, isEnded } from "../billing/cancel-subscription.ts";
import { createSubscription } from "../billing/create-subscription.ts";
import { markPaused } from "../billing/mark-paused.ts";
import { resumeSubscription } from "../billing/pause-subscription.ts";
import { badParam, badState, missing, StripeError } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
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
  text,
  uncovered,
} from "../http/params.ts";
import { type Call, idOf, type Route, route } from "../http/route.ts";
import { currentPeriodEnd } from "../objects/subscription.ts";
import { DISCOUNTS } from "./discount-params.ts";
import { found, named, namedCustomer } from "./find.ts";
import { DISCOUNT_PARAMS, giveDiscounts, readDiscounts } from "./subscription-discounts.ts";
import { CANCELLATION_DETAILS, UPDATE, updateSubscription } from "./update-subscription.ts";

const URL = "/v1/subscriptions";
const CREATE = hash(
  {
    add_invoice_items: uncovered,
    billing_cycle_anchor: uncovered,
    billing_mode: hash({ type: oneOf("classic", "flexible"), flexible: ignored }),
    cancel_at: integer,
    cancel_at_period_end: flag,
    collection_method: oneOf("charge_automatically"),
    currency: text,
    customer: text,
    default_payment_method: text,
    description: text,
    ...DISCOUNT_PARAMS,
    items: list(
      hash({ price: text, quantity: integer, metadata, price_data: uncovered, discounts: DISCOUNTS }),
    ),
    metadata,
    off_session: flag,
    payment_behavior: oneOf("allow_incomplete", "default_incomplete", "error_if_incomplete"),
    payment_settings: ignored,
    proration_behavior: ignored,
    trial_end: integer,
    trial_period_days: integer,
    trial_settings: hash({
      end_behavior: hash(
        { missing_payment_method: oneOf("cancel", "create_invoice", "pause"), billing_cycle_anchor: ignored },
        "missing_payment_method",
      ),
    }),
  },
  "customer",
);
const RESUME = hash({
  billing_cycle_anchor: hash({ type: oneOf("now", "unchanged") }),
  payment_behavior: oneOf("resume_on_payment_attempt", "resume_on_payment_success"),
  proration_behavior: ignored,
  proration_date: ignored,
});
const RANGE = either(integer, hash({ gt: integer, gte: integer, lt: integer, lte: integer }));
const LIST = hash({
  ...LIST_PARAMS,
  customer: text,
  price: text,
  plan: text,
  status: oneOf(
    "active",
    "all",
    "canceled",
    "ended",
    "incomplete",
    "incomplete_expired",
    "past_due",
    "paused",
    "trialing",
    "unpaid",
  ),
  collection_method: text,
  current_period_end: RANGE,
  current_period_start: RANGE,
  test_clock: text,
});

/** Subscriptions: create, retrieve, update, pause, resume, cancel, list. */
export const subscriptionRoutes: Route[] = [
  route(`POST ${URL}`, CREATE, create),
  route(`GET ${URL}`, LIST, (call, params) => {
    const { store } = call.world;
    const all = params.customer
      ? store.where("subscriptions", "customer", params.customer)
      : store.all("subscriptions").filter((row) => row.test_clock === (params.test_clock ?? null));
    const rows = all.filter((row) => {
      if (!hasStatus(row, params.status)) return false;
      const price = params.price ?? params.plan;
      if (price && !row.items.data.some((item) => item.price.id === price)) return false;
      return isIn(currentPeriodEnd(row), params.current_period_end);
    });
    return paginate(rows, params, { url: URL, noun: "subscription" });
  }),
  route(`GET ${URL}/:id`, hash({}), (call) => found(call, "subscriptions", "subscription")),
  route(`POST ${URL}/:id`, UPDATE, updateSubscription),
  route(
    `POST ${URL}/:id/pause`,
    hash({ type: oneOf("subscription"), bill_for: ignored, invoicing_behavior: ignored }),
    (call) => {
      const subscription = found(call, "subscriptions", "subscription");
      if (!["active", "trialing", "past_due"].includes(subscription.status))
        throw badState(`A subscription that is ${subscription.status} cannot be paused.`);
      return markPaused(call.world, subscription.id, "pause_requested");
    },
  ),
  route(`POST ${URL}/:id/resume`, RESUME, (call, params) => {
    const subscription = found(call, "subscriptions", "subscription");
    if (subscription.status !== "paused")
      throw badState(`A subscription that is ${subscription.status} cannot be resumed.`);
    return resumeSubscription(call.world, subscription.id, {
      anchor: params.billing_cycle_anchor?.type ?? "now",
      behaviour: params.payment_behavior ?? "resume_on_payment_attempt",
    });
  }),
  route(
    `DELETE ${URL}/:id`,
    hash({ cancellation_details: CANCELLATION_DETAILS, invoice_now: flag, prorate: flag }),
    (call, params) => {
      const subscription = found(call, "subscriptions", "subscription");
      // Unverified: which error Stripe gives for a subscription that has already ended.
      if (isEnded(subscription)) throw missing("subscription", idOf(call));
      const { comment = null, feedback = null } = params.cancellation_details ?? {};
      return cancelSubscription(call.world, subscription.id, {
        reason: "cancellation_requested",
        comment,
        feedback,
      });
    },
  ),
];

function create(call: Call, params: ReturnType<typeof CREATE>): Stripe.Subscription {
  const { world } = call;
  const customer = namedCustomer(call, params.customer);
  const items = (params.items ?? []).map((item, index) => {
    const price = named(call, "prices", {
      id: item.price ?? "",
      noun: "price",
      param: `items[${index}][price]`,
    });
    return { price, quantity: item.quantity ?? 1 };
  });
  if (items.length === 0) throw badParam("parameter_missing", "Missing required param: items.", "items");
  const days = params.trial_period_days;
  const trialEnd =
    params.trial_end ?? (typeof days === "number" && days > 0 ? world.now() + days * DAY : null);
  const behaviour = params.payment_behavior ?? "allow_incomplete";
  const method = params.default_payment_method ?? null;
  const discounts = readDiscounts(world, params, { customer, items });
  const { subscription, attempt } = createSubscription(
    world,
    {
      customer: customer.id,
      items,
      trialEnd,
      missingPaymentMethod: params.trial_settings?.end_behavior?.missing_payment_method ?? "create_invoice",
      metadata: mergeMetadata({}, params.metadata),
      description: params.description ?? null,
      defaultPaymentMethod: method,
      billingMode: params.billing_mode?.type ?? "flexible",
      prepare: (built) => giveDiscounts(world, built, discounts),
    },
    behaviour,
  );
  // An invoice of nothing needs no card; what was written until here is taken back.
  if (attempt.kind === "no_payment_method") throw noMethod();
  if (attempt.kind === "declined" && behaviour === "error_if_incomplete") {
    const { code, message, declineCode } = attempt.decline;
    throw new StripeError(402, {
      type: "card_error",
      code,
      message,
      ...(declineCode && { decline_code: declineCode }),
    });
  }
  const scheduled = params.cancel_at ?? (params.cancel_at_period_end ? currentPeriodEnd(subscription) : null);
  if (scheduled === null) return subscription;
  const patch = {
    cancel_at: scheduled,
    cancel_at_period_end: params.cancel_at_period_end === true,
    canceled_at: world.now(),
  };
  return world.update("customer.subscription.updated", subscription.id, patch);
}

function noMethod(): StripeError {
  const message =
    "This customer has no attached payment source or default payment method. Please consider adding a default payment method.";
  return badState(message, { code: "resource_missing" });
}

function hasStatus(row: Stripe.Subscription, status: string | null | undefined): boolean {
  if (status === "all") return true;
  if (status === "ended") return isEnded(row);
  return status ? row.status === status : row.status !== "canceled";
}

function isIn(
  value: number,
  range:
    | number
    | { gt?: number | null; gte?: number | null; lt?: number | null; lte?: number | null }
    | null
    | undefined,
): boolean {
  if (range === null || range === undefined) return true;
  if (typeof range === "number") return value === range;
  return (
    value > (range.gt ?? -1) &&
    value >= (range.gte ?? 0) &&
    value < (range.lt ?? Infinity) &&
    value <= (range.lte ?? Infinity)
  );
}
