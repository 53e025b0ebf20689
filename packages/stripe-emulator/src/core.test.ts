import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { DAY, HOUR, refusal, START } from "../test/shop.ts";
import { type Core, createCore } from "./core.ts";

function open(seed = 1) {
  const core = createCore({ now: START, seed });
  const heard: string[] = [];
  core.onEvent((event) => heard.push(event.type));
  const httpClient = Stripe.createFetchHttpClient(core.fetch);
  return { core, heard, stripe: new Stripe("sk_test_core", { httpClient, maxNetworkRetries: 0 }) };
}

async function buy({ core, stripe }: { core: Core; stripe: Stripe }, card?: string) {
  const customer = await stripe.customers.create({ email: "a@example.com" });
  const price = await stripe.prices.create({
    currency: "sek",
    unit_amount: 3900,
    recurring: { interval: "month" },
    product_data: { name: "P" },
  });
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: "http://shop.example/",
    subscription_data: { trial_period_days: 5 },
  });
  core.people.pay(session.id, { card });
  const [subscription] = (await stripe.subscriptions.list({ customer: customer.id })).data;
  return { customer, id: String(subscription?.id) };
}

describe("the core", () => {
  it("lets no time pass that is none", () => {
    const { core } = open();
    const before = core.now();
    for (const none of [Number.NaN, -1]) expect(() => core.advance(none)).toThrow("0 or more");
    expect(core.now()).toBe(before);
  });

  it("is the whole API for the unchanged SDK, without a network", async () => {
    const shop = open();
    const { id } = await buy(shop);
    shop.core.advance(5 * DAY + HOUR);
    const expand = ["latest_invoice"];
    expect(await shop.stripe.subscriptions.retrieve(id, { expand })).toMatchObject({
      status: "active",
      latest_invoice: { status: "paid", total: 3900 },
    });
    expect(shop.heard).toContain("customer.subscription.trial_will_end");
    expect(shop.core.nextDue()).toBeGreaterThan(shop.core.now());
    expect((await refusal(shop.stripe.subscriptions.retrieve("sub_none"))).code).toBe("resource_missing");
    expect((await refusal(shop.stripe.payouts.list())).statusCode).toBe(404);
  });

  it("keeps answers for their idempotency key", async () => {
    const { stripe } = open();
    const once = { idempotencyKey: "once" };
    const first = await stripe.customers.create({ name: "Ada" }, once);
    expect((await stripe.customers.create({ name: "Ada" }, once)).id).toBe(first.id);
    expect(await refusal(stripe.customers.create({ name: "Bo" }, once))).toBeInstanceOf(
      Stripe.errors.StripeIdempotencyError,
    );
  });

  it("lets people do what they do on pages", async () => {
    const shop = open();
    const { id, customer } = await buy(shop, "4000000000000341");
    const { people } = shop.core;
    people.cancelAtPeriodEnd(id);
    expect(await shop.stripe.subscriptions.retrieve(id)).toMatchObject({ cancel_at_period_end: false });
    people.keep(id);
    shop.core.advance(5 * DAY + HOUR);
    expect((await shop.stripe.subscriptions.retrieve(id)).status).toBe("past_due");
    expect(people.changeCard(customer.id, "4000000000000002")).toBe(false);
    expect(people.changeCard(customer.id)).toBe(true);
    expect((await shop.stripe.subscriptions.retrieve(id)).status).toBe("active");
    const [charge] = (await shop.stripe.charges.list({ customer: customer.id })).data;
    people.closeDispute(people.dispute(String(charge?.id)), "won");
    expect(shop.heard.at(-1)).toBe("charge.dispute.closed");
    people.cancelNow(id);
    expect((await shop.stripe.subscriptions.retrieve(id)).status).toBe("canceled");
  });

  it("pays an open invoice on its page, 3-D Secure passed", async () => {
    const shop = open();
    const { id } = await buy(shop, "4000002760003184");
    shop.core.advance(5 * DAY + HOUR);
    const { latest_invoice } = await shop.stripe.subscriptions.retrieve(id);
    expect(shop.core.people.payInvoice(String(latest_invoice), "4000000000000002")).toBe(false);
    expect(shop.core.people.payInvoice(String(latest_invoice))).toBe(true);
    expect((await shop.stripe.subscriptions.retrieve(id)).status).toBe("active");
  });

  it("lives the same life for the same seed", async () => {
    const life = async () => {
      const shop = open(9);
      await buy(shop);
      shop.core.advance(40 * DAY);
      return shop.core.store.all("events").map(({ id, type, created }) => `${id} ${type} ${created}`);
    };
    expect(await life()).toEqual(await life());
  });
});
