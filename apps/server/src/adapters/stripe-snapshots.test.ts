import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { toInvoice, toSubscription } from "./stripe-snapshots.ts";

/** Only what a stand-in for Stripe happens to say. */
const subscription = (fields: object) => toSubscription(fields as Stripe.Subscription);
const invoice = (fields: object) => toInvoice(fields as Stripe.Invoice);

const price = { id: "price_1", product: { id: "prod_1" } };
const bare = { id: "sub_1", customer: { id: "cus_1" }, status: "trialing", items: { data: [{ price }] } };

describe("a subscription that says little", () => {
  it("is read with what it has, and with no moment that is not one", () => {
    expect(subscription({ ...bare, trial_start: 100, trial_end: 200 })).toMatchObject({
      customerId: "cus_1",
      userId: null,
      items: [{ price: "price_1", product: "prod_1" }],
      createdAt: 100_000,
      periodEnd: null,
      trialEnd: 200_000,
      cancelAt: null,
      cancelAtPeriodEnd: false,
    });
  });

  it("has the period of its items, else the one that stood beside them before basil", () => {
    const periods = { current_period_start: 1, current_period_end: 2 };
    const items = { data: [{ price, current_period_start: 10, current_period_end: 20 }] };
    expect(subscription({ ...bare, ...periods, items })).toMatchObject({
      periodStart: 10_000,
      periodEnd: 20_000,
    });
    expect(subscription({ ...bare, ...periods })).toMatchObject({ periodStart: 1_000, periodEnd: 2_000 });
  });
});

describe("an invoice", () => {
  it("belongs to the subscription its parent names, else to the one it named itself before basil", () => {
    const parent = { subscription_details: { subscription: { id: "sub_1" } } };
    expect(invoice({ id: "in_1", parent, subscription: "sub_2" }).subscriptionId).toBe("sub_1");
    expect(invoice({ id: "in_1", subscription: "sub_2" }).subscriptionId).toBe("sub_2");
    expect(invoice({ id: "in_1" })).toMatchObject({
      subscriptionId: null,
      amountPaid: 0,
      createdAt: 0,
      paidAt: null,
    });
  });
});
