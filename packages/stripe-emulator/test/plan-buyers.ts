import type Stripe from "stripe";
import { afterEach, beforeEach } from "vitest";
import type { Settings } from "../src/settings.ts";
import { makePrice, openShop, type Shop } from "./shop.ts";

/** A shop with one monthly price, new for each test, and people who subscribe to it. Ask for it inside of tests. */
export interface PlanBuyers {
  readonly shop: Shop;
  readonly price: Stripe.Price;
  /** Begins anew with other settings. */
  reopen(settings: Partial<Settings>): Promise<void>;
  customerWithCard(): Promise<Stripe.Customer>;
  /** Of a new customer with a card, unless one is named. */
  subscribe(params?: Partial<Stripe.SubscriptionCreateParams>): Promise<Stripe.Subscription>;
  /** Oldest first. */
  invoices(subscription: Stripe.Subscription): Promise<Stripe.Invoice[]>;
}

export const FIFTY: Stripe.CouponCreateParams = { id: "FIFTY", percent_off: 50, duration: "forever" };

/** Opens such a shop before each test. */
export function openPlanBuyers(): PlanBuyers {
  let shop: Shop;
  let price: Stripe.Price;
  const open = async (settings: Partial<Settings>) => {
    shop = await openShop({ settings });
    price = await makePrice(shop);
  };
  beforeEach(() => open({}));
  afterEach(() => shop.close());
  const customerWithCard = () =>
    shop.stripe.customers.create({
      payment_method: "pm_card_visa",
      invoice_settings: { default_payment_method: "pm_card_visa" },
    });
  return {
    get shop() {
      return shop;
    },
    get price() {
      return price;
    },
    async reopen(settings) {
      await shop.close();
      await open(settings);
    },
    customerWithCard,
    async subscribe(params = {}) {
      const customer = params.customer ?? (await customerWithCard()).id;
      return shop.stripe.subscriptions.create({ items: [{ price: price.id }], ...params, customer });
    },
    async invoices(subscription) {
      const { data } = await shop.stripe.invoices.list({ subscription: subscription.id, limit: 100 });
      return data.reverse();
    },
  };
}
