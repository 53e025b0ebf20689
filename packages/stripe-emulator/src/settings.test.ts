import Stripe from "stripe";
import { afterEach, describe, expect, it } from "vitest";
import { buy, makePrice, openShop, refusal, type Shop, START } from "../test/shop.ts";
import { createCore } from "./core.ts";
import type { Settings } from "./settings.ts";

let shop: Shop;
afterEach(() => shop.close());

/** A shop where somebody has just subscribed, with what was told of it. */
async function bought(settings: Partial<Settings>) {
  shop = await openShop({ settings });
  const sale = await buy(shop);
  await shop.emulator.settled();
  return { ...sale, heard: shop.heard() };
}

const told = (type: string): Stripe.Event[] => shop.emulator.events().filter((event) => event.type === type);

describe("what Stripe leaves open", () => {
  it("lets the events of one change come in any order, all of them", async () => {
    const usual = await bought({});
    await shop.close();
    const any = await bought({ eventOrder: "any" });
    expect(any.heard).not.toEqual(usual.heard);
    expect(any.heard.toSorted()).toEqual(usual.heard.toSorted());
  });

  it("tells of a subscription from a checkout as incomplete first", async () => {
    const { subscription } = await bought({ checkoutCreates: "incomplete" });
    expect(told("customer.subscription.created")[0]?.data.object).toMatchObject({ status: "incomplete" });
    const [update] = told("customer.subscription.updated");
    expect(update?.data).toMatchObject({
      object: { id: subscription.id, status: "active" },
      previous_attributes: { status: "incomplete" },
    });
  });

  it.each([
    ["customer" as const, [1, 0]],
    ["subscription" as const, [0, 1]],
    ["both" as const, [1, 1]],
  ])("tells of a card from the portal by %s", async (portalCardEvents, counts) => {
    const core = createCore({ now: START, seed: 1, settings: { portalCardEvents } });
    shop = await openShop();
    const httpClient = Stripe.createFetchHttpClient(core.fetch);
    const stripe = new Stripe("sk_test_core", { httpClient, maxNetworkRetries: 0 });
    const price = await makePrice({ ...shop, stripe });
    const customer = await stripe.customers.create({
      payment_method: "pm_card_visa",
      invoice_settings: { default_payment_method: "pm_card_visa" },
    });
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    const heard: string[] = [];
    core.onEvent(({ type }) => heard.push(type));
    expect(core.people.changeCard(customer.id, "5555555555554444")).toBe(true);
    const count = (type: string) => heard.filter((one) => one === type).length;
    expect([count("customer.updated"), count("customer.subscription.updated")]).toEqual(counts);
    const after = await stripe.customers.retrieve(customer.id, {
      expand: ["invoice_settings.default_payment_method"],
    });
    expect(after).toMatchObject({
      invoice_settings: { default_payment_method: { card: { last4: "4444" } } },
    });
  });

  it("can resume without an update beside the resumption", async () => {
    const { subscription } = await bought({ resumptionIsUpdate: false });
    await shop.stripe.subscriptions.pause(subscription.id);
    await shop.emulator.settled();
    shop.heard();
    await shop.stripe.subscriptions.resume(subscription.id, { billing_cycle_anchor: { type: "unchanged" } });
    await shop.emulator.settled();
    expect(shop.heard()).toEqual(["customer.subscription.resumed"]);
  });

  it("refuses a change of what has ended by another error", async () => {
    const { subscription } = await bought({ endedSubscription: "invalid_request" });
    await shop.stripe.subscriptions.cancel(subscription.id);
    const calls = [
      shop.stripe.subscriptions.cancel(subscription.id),
      shop.stripe.subscriptions.update(subscription.id, { description: "x" }),
    ];
    for (const refused of await Promise.all(calls.map(refusal)))
      expect(refused).toMatchObject({ statusCode: 400, rawType: "invalid_request_error" });
  });

  it("replays an answer without saying so", async () => {
    shop = await openShop({ settings: { replayHeader: false } });
    const call = () => shop.stripe.customers.create({ name: "K" }, { idempotencyKey: "once" });
    const first = await call();
    const again = await call();
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers).not.toHaveProperty("idempotent-replayed");
  });

  it("dates what happens on a test clock by when it is sent", async () => {
    shop = await openShop({ settings: { clockEventTime: "sent" } });
    const frozen = START / 1000 + 90 * 86_400;
    const clock = await shop.stripe.testHelpers.testClocks.create({ frozen_time: frozen });
    const customer = await shop.stripe.customers.create({ test_clock: clock.id });
    expect(customer.created).toBe(frozen);
    expect(told("customer.created")[0]?.created).toBe(START / 1000);
  });
});
