import type Stripe from "stripe";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { openShop, type Shop } from "./shop.ts";

/** A shop with two monthly plans, 30 and 10 kr, and before each test a new customer with a good card. */
export interface PlanShop {
  shop: Shop;
  customer: Stripe.Customer;
  plan: Stripe.Price;
  extra: Stripe.Price;
  priceOf(unitAmount: number, interval?: "month" | "year"): Promise<Stripe.Price>;
  subscribe(params?: Partial<Stripe.SubscriptionCreateParams>): Promise<Stripe.Subscription>;
  /** A subscription with exactly half of its period left, once `since` has begun. */
  halfway(
    params?: Partial<Stripe.SubscriptionCreateParams>,
  ): Promise<{ id: string; item: Stripe.SubscriptionItem; subscription: Stripe.Subscription }>;
  /** The latest invoice of a subscription. */
  latest(id: string): Promise<Stripe.Invoice>;
  /** Unix seconds. */
  now(): number;
  /** The events that come of it. */
  since(work: () => Promise<unknown>): Promise<string[]>;
  pass(ms: number): Promise<string[]>;
}

/** Opens the shop for all tests of a file; what they leave running ends after each. */
export function planShop(): PlanShop {
  const at = {} as Pick<PlanShop, "shop" | "customer" | "plan" | "extra">;
  const priceOf: PlanShop["priceOf"] = (unit_amount, interval = "month") =>
    at.shop.stripe.prices.create({
      currency: "sek",
      unit_amount,
      recurring: { interval },
      product_data: { name: `Plan ${unit_amount}` },
    });
  const subscribe: PlanShop["subscribe"] = (params) =>
    at.shop.stripe.subscriptions.create({
      customer: at.customer.id,
      items: [{ price: at.plan.id }],
      ...params,
    });
  const since: PlanShop["since"] = async (work) => {
    await at.shop.emulator.clock.advance(1000); // the last `invoice_payment.paid`
    await at.shop.emulator.settled();
    at.shop.heard();
    await work();
    await at.shop.emulator.settled();
    return at.shop.heard();
  };
  beforeAll(async () => {
    at.shop = await openShop({ settings: { invoicePaymentDelay: [1, 1] } });
    at.plan = await priceOf(3000);
    at.extra = await priceOf(1000);
  });
  beforeEach(async () => {
    at.customer = await at.shop.stripe.customers.create({
      payment_method: "pm_card_visa",
      invoice_settings: { default_payment_method: "pm_card_visa" },
    });
  });
  afterEach(async () => {
    for await (const { id } of at.shop.stripe.subscriptions.list({ limit: 100 }))
      await at.shop.stripe.subscriptions.cancel(id);
  });
  afterAll(() => at.shop.close());
  return Object.assign(at, {
    priceOf,
    subscribe,
    since,
    async halfway(params: Partial<Stripe.SubscriptionCreateParams> = {}) {
      const subscription = await subscribe(params);
      const item = subscription.items.data[0] as Stripe.SubscriptionItem;
      const middle = (item.current_period_start + item.current_period_end) / 2;
      await at.shop.emulator.clock.set(middle * 1000 - 1000); // `since` takes the last second
      await at.shop.emulator.settled();
      return { subscription, item, id: subscription.id };
    },
    async latest(id: string) {
      const row = await at.shop.stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
      return row.latest_invoice as Stripe.Invoice;
    },
    now: () => Math.floor(at.shop.emulator.clock.now() / 1000),
    pass: (ms: number) => since(() => at.shop.emulator.clock.advance(ms)),
  });
}

/** Price and quantity of each item. */
export function itemsOf(row: Stripe.Subscription): [number | null, number | undefined][] {
  return row.items.data.map(({ price, quantity }) => [price.unit_amount, quantity]);
}

/** What each line of an invoice costs. */
export function amounts({ lines }: Stripe.Invoice): number[] {
  return lines.data.map(({ amount }) => amount);
}
