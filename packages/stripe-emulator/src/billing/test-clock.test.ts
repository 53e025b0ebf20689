import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buy, DAY, HOUR, makePrice, openShop, refusal, type Shop, START } from "../../test/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const FROZEN = Date.UTC(2030, 0, 31, 9) / 1000;

/** A customer of its own clock with a monthly subscription after a trial of 5 days. */
async function live(from = shop) {
  const { stripe } = from;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: FROZEN, name: "January" });
  const customer = await stripe.customers.create({
    test_clock: clock.id,
    payment_method: "pm_card_visa",
    email: "clock@example.com",
  });
  const [method] = (await stripe.paymentMethods.list({ customer: customer.id })).data;
  const price = await makePrice(from);
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    trial_period_days: 5,
    default_payment_method: String(method?.id),
  });
  return { clock, customer, subscription };
}

async function advance(clock: Stripe.TestHelpers.TestClock, seconds: number): Promise<string[]> {
  await shop.emulator.settled();
  shop.heard();
  const moved = await shop.stripe.testHelpers.testClocks.advance(clock.id, {
    frozen_time: clock.frozen_time + seconds,
  });
  expect(moved).toMatchObject({
    status: "advancing",
    status_details: { advancing: { target_frozen_time: clock.frozen_time + seconds } },
  });
  await shop.emulator.settled();
  return shop.heard();
}

describe("test clocks", () => {
  it("refuse milliseconds, to which they would otherwise live for thousands of years", async () => {
    const { testClocks } = shop.stripe.testHelpers;
    expect((await refusal(testClocks.create({ frozen_time: FROZEN * 1000 }))).param).toBe("frozen_time");
    const clock = await testClocks.create({ frozen_time: FROZEN });
    expect((await refusal(testClocks.advance(clock.id, { frozen_time: FROZEN * 1000 }))).param).toBe(
      "frozen_time",
    );
    expect((await testClocks.retrieve(clock.id)).status).toBe("ready");
    await testClocks.del(clock.id);
  });

  it("give their customers a time of their own, and everything due happens at its moment", async () => {
    const { clock, subscription } = await live();
    expect(subscription).toMatchObject({
      created: FROZEN,
      trial_end: FROZEN + (5 * DAY) / 1000,
      test_clock: clock.id,
    });
    const heard = await advance(clock, (6 * DAY) / 1000);
    expect(heard[0]).toBe("test_helpers.test_clock.advancing");
    expect(heard).toContain("customer.subscription.trial_will_end");
    expect(heard).toContain("invoice.paid");
    expect(heard).toContain("test_helpers.test_clock.ready");
    const paid = shop.received.findLast(({ type }) => type === "invoice.paid");
    expect(paid?.created).toBe(FROZEN + (5 * DAY + HOUR) / 1000);
    expect(await shop.stripe.testHelpers.testClocks.retrieve(clock.id)).toMatchObject({
      status: "ready",
      frozen_time: FROZEN + (6 * DAY) / 1000,
    });
    expect(shop.emulator.clock.now()).toBe(START);
  });

  it("leave everybody else alone, and are left alone by the emulator's clock", async () => {
    const { clock, subscription } = await live();
    const other = await buy(shop, { subscription_data: { trial_period_days: 5 } });
    await advance(clock, (40 * DAY) / 1000);
    expect((await shop.stripe.subscriptions.retrieve(other.subscription.id)).status).toBe("trialing");
    const { data } = await shop.stripe.invoices.list({ subscription: subscription.id });
    expect(data.map(({ status, total }) => [status, total])).toEqual([
      ["paid", 3900],
      ["paid", 3900],
      ["paid", 0],
    ]);
    await shop.emulator.clock.advance(3 * DAY);
    const { data: later } = await shop.stripe.invoices.list({ subscription: subscription.id });
    expect(later).toHaveLength(3);
  });

  it("can take an existing customer along, whose checkouts then happen at the clock's time", async () => {
    const { stripe } = shop;
    const { subscription, customer } = await buy(shop, { subscription_data: { trial_period_days: 5 } });
    const end = Number(subscription.trial_end);
    const clock = await stripe.testHelpers.testClocks.create({
      frozen_time: end - 60,
      customer: customer.id,
    });
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ test_clock: clock.id });
    expect(await advance(clock, 2 * 3600)).toContain("invoice.paid");
    expect(
      (await refusal(stripe.testHelpers.testClocks.create({ frozen_time: end, customer: customer.id })))
        .message,
    ).toContain("already");
  });

  it("refuse to go back or twice at once, list their customers apart, and take them along when deleted", async () => {
    const { stripe } = shop;
    const { clock, customer, subscription } = await live();
    const back = stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: FROZEN });
    expect((await refusal(back)).param).toBe("frozen_time");
    const ids = async (params: Stripe.CustomerListParams) =>
      (await stripe.customers.list({ limit: 100, ...params })).data.map(({ id }) => id);
    expect(await ids({ test_clock: clock.id })).toEqual([customer.id]);
    expect(await ids({})).not.toContain(customer.id);
    await shop.emulator.settled();
    shop.heard();
    expect(await stripe.testHelpers.testClocks.del(clock.id)).toMatchObject({ deleted: true });
    await shop.emulator.settled();
    expect(shop.heard()).toEqual([
      "customer.subscription.deleted",
      "customer.deleted",
      "test_helpers.test_clock.deleted",
    ]);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("canceled");
    expect((await refusal(stripe.testHelpers.testClocks.retrieve(clock.id))).code).toBe("resource_missing");
  });

  it("keep Stripe's limits only when told to", async () => {
    const strict = await openShop({ settings: { strictTestClocks: true } });
    const { clock, customer, subscription } = await live(strict);
    const items = subscription.items.data.map(({ price }) => ({ price: price.id }));
    const subscribe = () =>
      strict.stripe.subscriptions.create({ customer: customer.id, items, trial_period_days: 1 });
    await subscribe();
    const { id: third } = await subscribe();
    expect((await refusal(subscribe())).message).toContain("at most 3 subscriptions");
    await strict.stripe.subscriptions.cancel(third);
    await subscribe();
    const { testClocks } = strict.stripe.testHelpers;
    const far = testClocks.advance(clock.id, { frozen_time: FROZEN + (100 * DAY) / 1000 });
    expect((await refusal(far)).message).toContain("two intervals");
    for (let i = 0; i < 2; i += 1) await strict.stripe.customers.create({ test_clock: clock.id });
    const fourth = strict.stripe.customers.create({ test_clock: clock.id });
    expect((await refusal(fourth)).param).toBe("test_clock");
    await strict.close();
  });
});
