import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { openShop, type Shop } from "./shop.ts";

/** A shop for tests of plain payments, open as long as their file runs. Ask for it inside of tests. */
export interface PaymentDesk {
  readonly shop: Shop;
  readonly intents: Stripe["paymentIntents"];
  /** $20 at once with a card that pays, unless said otherwise. */
  pay(more?: Partial<Stripe.PaymentIntentCreateParams>): Promise<Stripe.PaymentIntent>;
  /** The types of what was told since the last call. */
  heard(): Promise<string[]>;
}

export const PLAIN = { amount: 2000, currency: "usd" };

/** Opens it before the first test. What came late of a test is told before the next one begins. */
export function openPaymentDesk(): PaymentDesk {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  beforeEach(async () => {
    await shop.emulator.clock.advance(2_000);
    await shop.emulator.settled();
    shop.heard();
  });
  afterAll(() => shop.close());
  return {
    get shop() {
      return shop;
    },
    get intents() {
      return shop.stripe.paymentIntents;
    },
    pay: (more = {}) =>
      shop.stripe.paymentIntents.create({ ...PLAIN, payment_method: "pm_card_visa", confirm: true, ...more }),
    async heard() {
      await shop.emulator.settled();
      return shop.heard();
    },
  };
}
