import type Stripe from "stripe";
import { isEnded } from "../billing/cancel-subscription.ts";
import type { PriceChange } from "../billing/change-price.ts";
import { inTimeOf } from "../billing/test-clock.ts";
import { missing } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { hash, ignored, integer, metadata, text, uncovered } from "../http/params.ts";
import { type Call, idOf, type Route, route } from "../http/route.ts";
import { carryOut, changePatch } from "./carry-out-change.ts";
import { DISCOUNTS } from "./discount-params.ts";
import { named } from "./find.ts";
import { type CHANGED_ITEM, changeOf } from "./price-change.ts";
import { RECURRING_PRICE_DATA } from "./recurring-price.ts";
import { dropDiscounts } from "./subscription-discounts.ts";
import { hasEnded, PRORATION, UPDATE_BEHAVIOUR } from "./subscription-fields.ts";

const URL = "/v1/subscription_items";
const HOW = {
  off_session: ignored,
  payment_behavior: UPDATE_BEHAVIOUR,
  proration_behavior: PRORATION,
  proration_date: integer,
};
const FIELDS = {
  ...HOW,
  billing_thresholds: uncovered,
  current_trial: uncovered,
  discounts: DISCOUNTS,
  metadata,
  price: text,
  price_data: RECURRING_PRICE_DATA,
  quantity: integer,
  tax_rates: uncovered,
};

/** Items of subscriptions: create, retrieve, update, delete, list. */
export const subscriptionItemRoutes: Route[] = [
  route(`POST ${URL}`, hash({ ...FIELDS, subscription: text }, "subscription"), (call, params) => {
    const subscription = live(call, params.subscription);
    const before = subscription.items.data.map(({ id }) => id);
    const after = change(call, subscription, { sent: params, how: params });
    return after.items.data.find(({ id }) => !before.includes(id)) ?? after;
  }),
  route(`GET ${URL}`, hash({ ...LIST_PARAMS, subscription: text }, "subscription"), (call, params) => {
    const { items } = ofSubscription(call, params.subscription);
    return paginate(items.data.toReversed(), params, { url: items.url, noun: "subscription_item" });
  }),
  route(`GET ${URL}/:id`, hash({}), (call) => foundItem(call).item),
  route(`POST ${URL}/:id`, hash({ ...FIELDS, clear_usage: ignored }), (call, params) => {
    const { subscription, item } = foundItem(call);
    const after = change(call, subscription, { sent: { ...params, id: item.id }, how: params });
    return after.items.data.find(({ id }) => id === item.id) ?? item;
  }),
  route(`DELETE ${URL}/:id`, hash({ ...HOW, clear_usage: ignored }), (call, params) => {
    const { subscription, item } = foundItem(call);
    change(call, subscription, { sent: { id: item.id, deleted: true }, how: params });
    return {
      id: item.id,
      object: "subscription_item",
      deleted: true,
    } satisfies Stripe.DeletedSubscriptionItem;
  }),
];

interface How {
  payment_behavior?: ReturnType<typeof UPDATE_BEHAVIOUR> | null;
  proration_behavior?: PriceChange["proration"] | null;
  proration_date?: number | null;
}

function change(
  call: Call,
  before: Stripe.Subscription,
  { sent, how }: { sent: ReturnType<typeof CHANGED_ITEM>; how: How },
): Stripe.Subscription {
  if (isEnded(before)) throw hasEnded(call, before.id);
  return inTimeOf(call.world, String(before.customer), () => changeNow(call, before, { sent, how }));
}

function changeNow(
  call: Call,
  before: Stripe.Subscription,
  { sent, how }: { sent: ReturnType<typeof CHANGED_ITEM>; how: How },
): Stripe.Subscription {
  const { id, deleted, discounts, metadata: data, price, price_data, quantity } = sent;
  const named = Object.entries({ id, deleted, discounts, metadata: data, price, price_data, quantity });
  const item = Object.fromEntries(named.filter(([, value]) => value !== undefined)) as typeof sent;
  const wanted = changeOf(call, before, { ...how, items: [item] });
  if (wanted === null) return before;
  const patch = changePatch(call, before, { ...wanted, sent: [item] });
  const after = call.world.update("customer.subscription.updated", before.id, patch);
  dropDiscounts(call.world, before, after);
  carryOut(call, before, { change: wanted, after, behaviour: how.payment_behavior });
  return call.world.store.get("subscriptions", before.id) ?? after;
}

function live(call: Call, id: string): Stripe.Subscription {
  const subscription = ofSubscription(call, id);
  if (isEnded(subscription)) throw missing("subscription", id, "subscription");
  return subscription;
}

function ofSubscription(call: Call, id: string): Stripe.Subscription {
  return named(call, "subscriptions", { id, noun: "subscription", param: "subscription" });
}

function foundItem(call: Call): { subscription: Stripe.Subscription; item: Stripe.SubscriptionItem } {
  const id = idOf(call);
  for (const subscription of call.world.store.all("subscriptions")) {
    const item = subscription.items.data.find((row) => row.id === id);
    if (item !== undefined) return { subscription, item };
  }
  throw missing("subscription_item", id);
}
