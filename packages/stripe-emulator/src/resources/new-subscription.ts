import type Stripe from "stripe";
import { addIntervals } from "../billing/calendar.ts";
import { createSubscription } from "../billing/create-subscription.ts";
import type { World } from "../billing/world.ts";
import { badParam, badState, notCovered } from "../http/errors.ts";
import {
  flag,
  hash,
  integer,
  list,
  mergeMetadata,
  metadata,
  oneOf,
  text,
  uncovered,
} from "../http/params.ts";
import type { Call } from "../http/route.ts";
import { currentPeriodEnd, intervalOf } from "../objects/subscription.ts";
import { addOnce } from "./add-once.ts";
import { checkQuantity } from "./amount-limits.ts";
import { NO_METHOD, refuseUnpaid } from "./carry-out-change.ts";
import { DISCOUNTS } from "./discount-params.ts";
import { namedCustomer } from "./find.ts";
import { checkTogether, mustBeActive, RECURRING_PRICE_DATA, recurringPrice } from "./recurring-price.ts";
import { changedDiscounts, DISCOUNT_PARAMS, FLEXIBLE, itemsWithDiscounts } from "./subscription-discounts.ts";
import {
  ADDED_ITEMS,
  CANCEL_AT,
  COLLECTION_METHOD,
  cancelAtPatch,
  daysUntilDue,
  inFuture,
  ownMethod,
  PAYMENT_SETTINGS,
  PRORATION,
  TRIAL_END,
  TRIAL_SETTINGS,
  trialEndAt,
  trialOfDays,
  UNCOVERED,
} from "./subscription-fields.ts";
import { checkClockRoom } from "./test-clocks.ts";

const ITEM = hash({
  billing_thresholds: uncovered,
  discounts: DISCOUNTS,
  metadata,
  price: text,
  price_data: RECURRING_PRICE_DATA,
  quantity: integer,
  tax_rates: uncovered,
});

/** What a new subscription takes. */
export const CREATE = hash(
  {
    ...UNCOVERED,
    add_invoice_items: ADDED_ITEMS,
    backdate_start_date: uncovered,
    billing_cycle_anchor: integer,
    billing_cycle_anchor_config: uncovered,
    billing_mode: hash({ type: oneOf("classic", "flexible"), flexible: FLEXIBLE }),
    cancel_at: CANCEL_AT,
    cancel_at_period_end: flag,
    collection_method: COLLECTION_METHOD,
    currency: text,
    customer: text,
    days_until_due: integer,
    default_payment_method: text,
    description: text,
    ...DISCOUNT_PARAMS,
    items: list(ITEM),
    metadata,
    off_session: flag,
    payment_behavior: oneOf("allow_incomplete", "default_incomplete", "error_if_incomplete"),
    payment_settings: PAYMENT_SETTINGS,
    proration_behavior: PRORATION,
    trial_end: TRIAL_END,
    trial_period_days: integer,
    trial_settings: TRIAL_SETTINGS,
  },
  "customer",
);

type Create = ReturnType<typeof CREATE>;
type Item = { price: Stripe.Price; quantity: number; metadata: Stripe.Metadata };

/** Makes a subscription and charges, or sends, its first invoice. */
export function newSubscription(call: Call, params: Create): Stripe.Subscription {
  const { world } = call;
  const customer = namedCustomer(call, params.customer);
  checkClockRoom(call, customer);
  const items = itemsOf(call, params);
  const trialEnd = trialEndOf(world, params);
  const behaviour = params.payment_behavior ?? "allow_incomplete";
  const method = params.default_payment_method
    ? ownMethod(call, params.default_payment_method, customer.id)
    : null;
  const collection = params.collection_method ?? "charge_automatically";
  const days = daysUntilDue(params.days_until_due, { method: collection, before: null });
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
      anchor: anchorOf(world, params, items),
      freeUntilAnchor:
        params.proration_behavior === "none" && typeof params.billing_cycle_anchor === "number",
      daysUntilDue: days,
    },
    { behaviour, prepare: (row) => prepare(call, params, row) },
  );
  if (attempt.kind === "no_payment_method") throw badState(NO_METHOD, { code: "resource_missing" });
  if (behaviour === "error_if_incomplete") refuseUnpaid(attempt);
  return scheduled(world, params, subscription);
}

function itemsOf(call: Call, params: Create): Item[] {
  const items = (params.items ?? []).map((item, index) => {
    const at = `items[${index}]`;
    const price = recurringPrice(call, item, at);
    if (price === null)
      throw badParam("parameter_missing", `Missing required param: ${at}[price].`, `${at}[price]`);
    if (!item.price_data) mustBeActive(price, `${at}[price]`);
    const quantity = item.quantity ?? 1;
    checkQuantity(price, quantity, { param: `${at}[quantity]` });
    return { price, quantity, metadata: mergeMetadata({}, item.metadata) };
  });
  const [first] = items;
  if (first === undefined) throw badParam("parameter_missing", "Missing required param: items.", "items");
  const prices = items.map(({ price }) => price);
  checkTogether(prices, params.billing_mode?.type ?? "flexible");
  const currency = params.currency?.toLowerCase() ?? first.price.currency;
  if (currency !== first.price.currency)
    throw badParam(
      "parameter_invalid",
      `The price specified only supports \`${first.price.currency}\`. This doesn't match the expected currency: \`${currency}\`.`,
      "items[0][price]",
    );
  return items;
}

function trialEndOf(world: World, { trial_end: end, trial_period_days: days }: Create): number | null {
  if (end !== undefined && end !== null && typeof days === "number")
    throw badState("You may only specify one of these parameters: trial_end, trial_period_days.", {
      code: "parameters_exclusive",
      param: "trial_end",
    });
  if (typeof end === "number") return trialEndAt(world, end);
  return typeof days === "number" ? trialOfDays(world, days) : null;
}

/** Where the cycle is anchored; at most one interval ahead. */
function anchorOf(world: World, params: Create, items: readonly Item[]): number | null {
  const anchor = params.billing_cycle_anchor;
  const [first] = items;
  if (typeof anchor !== "number" || first === undefined) return null;
  if (params.trial_end || params.trial_period_days) throw notCovered("billing_cycle_anchor (with a trial)");
  inFuture(world, anchor, "billing_cycle_anchor");
  const latest = addIntervals(world.now(), intervalOf(first.price), 1);
  if (anchor <= latest) return anchor;
  throw badState(`billing_cycle_anchor cannot be later than next natural billing date (${latest}) for plan`, {
    param: "billing_cycle_anchor",
  });
}

/** What must be there before the first invoice is drawn up. */
function prepare(call: Call, params: Create, row: Stripe.Subscription): Stripe.Subscription {
  addOnce(call, row, params.add_invoice_items ?? []);
  const save = params.payment_settings?.save_default_payment_method;
  return call.world.change("subscriptions", row.id, {
    ...changedDiscounts(call.world, row, params),
    items: itemsWithDiscounts(call.world, row, { sent: params.items, known: [] }),
    ...(save &&
      row.payment_settings && {
        payment_settings: { ...row.payment_settings, save_default_payment_method: save },
      }),
  });
}

function scheduled(world: World, params: Create, subscription: Stripe.Subscription): Stripe.Subscription {
  if (params.cancel_at && params.cancel_at_period_end)
    throw badState("You may only specify one of these parameters: cancel_at, cancel_at_period_end.", {
      code: "parameters_exclusive",
      param: "cancel_at",
    });
  if (!params.cancel_at && !params.cancel_at_period_end) return subscription;
  const patch = params.cancel_at
    ? cancelAtPatch(world, subscription, params.cancel_at)
    : { cancel_at: currentPeriodEnd(subscription), cancel_at_period_end: true };
  const { cancel_at, cancel_at_period_end = false } = patch;
  return world.update("customer.subscription.updated", subscription.id, {
    cancel_at: cancel_at ?? null,
    cancel_at_period_end,
    canceled_at: world.now(),
  });
}
