import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { createCore } from "../../src/core.ts";
import { openShop, type Shop } from "../shop.ts";
import { DAY, FROZEN, HOUR, Scenario } from "./scenario.ts";

const MONTHS = 12;

/** A subscription lives a year by its test clock, in as many advances; answers how long that took (ms). */
async function liveAYear(shop: Shop, advances: number): Promise<number> {
  const ada = await Scenario.begin(shop);
  const { id } = await ada.subscribes();
  const began = performance.now();
  for (let step = 1; step <= advances; step += 1) {
    const target = FROZEN + Math.round((step * 365 * DAY) / advances) + 2 * HOUR;
    await ada.stripe.testHelpers.testClocks.advance(ada.clock, { frozen_time: target });
    await until(async () => (await ada.stripe.testHelpers.testClocks.retrieve(ada.clock)).status === "ready");
  }
  const took = performance.now() - began;
  const { data } = await ada.stripe.invoices.list({ subscription: id, limit: 100 });
  expect(data.map(({ status, amount_paid }) => `${status} ${amount_paid}`)).toEqual(
    Array(MONTHS + 1).fill("paid 3900"),
  );
  const starts = data.map(({ lines }) => lines.data[0]?.period.start ?? 0).toReversed();
  expect(starts.map((at) => new Date(at * 1000).getUTCDate())).toEqual(Array(MONTHS + 1).fill(15));
  expect(new Set(starts).size).toBe(MONTHS + 1);
  expect(await ada.reads(id)).toMatchObject({ status: "active", latest_invoice: { status: "paid" } });
  return took;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}

describe("a year of a subscription", () => {
  it("takes less than a second by one advance of a test clock, over HTTP, every event delivered", async () => {
    const shop = await openShop();
    const took: number[] = [];
    for (let run = 0; run < 3; run += 1) {
      took.push(await liveAYear(shop, 1));
      await shop.emulator.settled();
    }
    const best = Math.min(...took);
    process.stdout.write(`a year of a subscription: ${Math.round(best)} ms (best of ${took.length})\n`);
    expect(best).toBeLessThan(1000);
    expect(shop.received.filter(({ type }) => type === "invoice.paid")).toHaveLength(3 * (MONTHS + 1));
    expect(shop.refused).toEqual([]);
    await shop.close();
  });

  it("takes seven advances on a strict clock, of two intervals at most", async () => {
    const shop = await openShop({ settings: { strictTestClocks: true } });
    await liveAYear(shop, 7);
    await shop.close();
  });

  it("does the work of its own events and no more: nothing is looked through again for each of them", async () => {
    const core = createCore({ now: FROZEN * 1000, seed: 1 });
    const stripe = new Stripe("sk_test_year", {
      httpClient: Stripe.createFetchHttpClient(core.fetch),
      maxNetworkRetries: 0,
    });
    const card = "pm_card_visa";
    const customer = await stripe.customers.create({
      payment_method: card,
      invoice_settings: { default_payment_method: card },
    });
    const { id: price } = await stripe.prices.create({
      currency: "sek",
      unit_amount: 3900,
      recurring: { interval: "month" },
      product_data: { name: "P" },
    });
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price }] });
    const changes: string[] = [];
    core.store.watch((table) => changes.push(table));
    const perYear: number[] = [];
    for (let year = 0; year < 5; year += 1) {
      changes.length = 0;
      core.advance(Date.UTC(2031 + year, 0, 16) - core.now());
      perYear.push(changes.length);
    }
    expect(new Set(perYear.slice(1)).size).toBe(1);
    expect(perYear[0]).toBeLessThan(MONTHS * 40);
  });
});
