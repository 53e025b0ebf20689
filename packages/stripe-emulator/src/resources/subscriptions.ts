import type Stripe from "stripe";
import { cancelNow } from "../billing/cancel-now.ts";
import { isEnded } from "../billing/cancel-subscription.ts";
import { markPaused } from "../billing/mark-paused.ts";
import { resumeSubscription } from "../billing/pause-subscription.ts";
import { badState } from "../http/errors.ts";
import { isWithin, LIST_PARAMS, paginate } from "../http/lists.ts";
import { either, emulated, flag, hash, ignored, integer, oneOf, text } from "../http/params.ts";
import { type Call, type Route, route } from "../http/route.ts";
import { currentPeriodEnd } from "../objects/subscription.ts";
import { found } from "./find.ts";
import { CREATE, newSubscription } from "./new-subscription.ts";
import { CANCELLATION_DETAILS, COLLECTION_METHOD, hasEnded } from "./subscription-fields.ts";
import { UPDATE, updateSubscription } from "./update-subscription.ts";

const URL = "/v1/subscriptions";
const RESUME = hash({
  billing_cycle_anchor: hash({ type: oneOf("now", "unchanged") }),
  payment_behavior: oneOf("resume_on_payment_attempt", "resume_on_payment_success"),
  proration_behavior: ignored,
  proration_date: ignored,
});
/** A pause gives nothing back: unused time is not credited, and usage is not billed at all. */
const PAUSE = hash({
  type: oneOf("subscription"),
  bill_for: hash({
    outstanding_usage_through: hash({ type: oneOf("none", "now") }),
    unused_time_from: hash({ type: emulated(["none"], ["now", "item_current_period_start"]) }),
  }),
  invoicing_behavior: emulated(["pending_invoice_item"], ["invoice"]),
});
const CANCEL = hash({ cancellation_details: CANCELLATION_DETAILS, invoice_now: flag, prorate: flag });
const RANGE = either(integer, hash({ gt: integer, gte: integer, lt: integer, lte: integer }));
const LIST = hash({
  ...LIST_PARAMS,
  automatic_tax: ignored,
  collection_method: COLLECTION_METHOD,
  current_period_end: RANGE,
  current_period_start: RANGE,
  customer: text,
  plan: text,
  price: text,
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
  test_clock: text,
});

/** Subscriptions: create, retrieve, update, pause, resume, cancel, list. */
export const subscriptionRoutes: Route[] = [
  route(`POST ${URL}`, CREATE, newSubscription),
  route(`GET ${URL}`, LIST, (call, params) => {
    const { store } = call.world;
    const all = params.customer
      ? store.where("subscriptions", "customer", params.customer)
      : store.all("subscriptions").filter((row) => row.test_clock === (params.test_clock ?? null));
    return paginate(
      all.filter((row) => meets(row, params)),
      params,
      { url: URL, noun: "subscription", all: call.world.store.scan("subscriptions") },
    );
  }),
  route(`GET ${URL}/:id`, hash({}), (call) => found(call, "subscriptions", "subscription")),
  route(`POST ${URL}/:id`, UPDATE, updateSubscription),
  route(`POST ${URL}/:id/pause`, PAUSE, (call) => {
    const subscription = found(call, "subscriptions", "subscription");
    if (!["active", "trialing", "past_due"].includes(subscription.status))
      throw badState(`A subscription that is ${subscription.status} cannot be paused.`);
    return markPaused(call.world, subscription.id, "pause_requested");
  }),
  route(`POST ${URL}/:id/resume`, RESUME, (call, params) => {
    const subscription = found(call, "subscriptions", "subscription");
    if (subscription.status !== "paused")
      throw badState(`A subscription that is ${subscription.status} cannot be resumed.`);
    return resumeSubscription(call.world, subscription.id, {
      anchor: params.billing_cycle_anchor?.type ?? "now",
      behaviour: params.payment_behavior ?? "resume_on_payment_attempt",
    });
  }),
  route(`DELETE ${URL}/:id`, CANCEL, cancel),
];

function cancel(call: Call, params: ReturnType<typeof CANCEL>): Stripe.Subscription {
  const subscription = found(call, "subscriptions", "subscription");
  if (isEnded(subscription)) throw hasEnded(call, subscription.id);
  const { comment = null, feedback = null } = params.cancellation_details ?? {};
  return cancelNow(call.world, subscription.id, {
    why: { reason: "cancellation_requested", comment, feedback },
    prorate: params.prorate === true,
    invoiceNow: params.invoice_now === true,
  });
}

function meets(row: Stripe.Subscription, by: ReturnType<typeof LIST>): boolean {
  if (!hasStatus(row, by.status)) return false;
  const price = by.price ?? by.plan;
  if (price && !row.items.data.some((item) => item.price.id === price)) return false;
  if (by.collection_method && row.collection_method !== by.collection_method) return false;
  const starts = row.items.data.map((item) => item.current_period_start);
  if (!isWithin(Math.max(...starts), by.current_period_start)) return false;
  return isWithin(currentPeriodEnd(row), by.current_period_end);
}

function hasStatus(row: Stripe.Subscription, status: string | null | undefined): boolean {
  if (status === "all") return true;
  if (status === "ended") return isEnded(row);
  return status ? row.status === status : row.status !== "canceled";
}
