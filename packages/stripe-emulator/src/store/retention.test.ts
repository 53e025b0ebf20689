import { copyFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY, HOUR, openShop, type Shop } from "../../test/shop.ts";
import { createCore } from "../core.ts";
import { openJournal } from "./journal.ts";
import { Store } from "./store.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "emulator-retention-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function counts(shop: Shop): Promise<Record<string, number>> {
  const response = await fetch(`${shop.emulator.url}/_emulator/state`);
  return ((await response.json()) as { counts: Record<string, number> }).counts;
}

async function change(shop: Shop, product: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1)
    await shop.stripe.products.update(product, { name: `P${time}` }, { idempotencyKey: `k${Math.random()}` });
  await shop.emulator.settled();
}

describe("what is forgotten", () => {
  it("is the oldest beyond the limit: events with their deliveries and attempts, and keys; never an object", async () => {
    const dataFile = join(folder, "flat.jsonl");
    const shop = await openShop({ dataFile, settings: { eventsKept: [10, 40], keysKept: 40 } });
    const { id } = await shop.stripe.products.create({ name: "P" });
    await change(shop, id, 100);
    const { events = 0, deliveries, deliveryAttempts, idempotency = 0 } = await counts(shop);
    expect(events).toBeLessThanOrEqual(43);
    expect(events).toBeGreaterThanOrEqual(40);
    expect([deliveries, deliveryAttempts]).toEqual([events, events]);
    expect(idempotency).toBeLessThanOrEqual(43);
    expect(shop.received).toHaveLength(101);
    const listed = await shop.stripe.events.list({ limit: 1 });
    expect(listed.data[0]?.id).toBe(shop.emulator.events().at(-1)?.id);
    expect((await shop.stripe.products.retrieve(id)).name).toBe("P99");
    await shop.close();
    const again = await openShop({ dataFile });
    expect((await counts(again))["events"]).toBe(events);
    await again.close();
  });

  it("is nothing that is still on its way", async () => {
    const shop = await openShop({ settings: { eventsKept: [0, 20] } });
    const { id } = await shop.stripe.products.create({ name: "P" });
    shop.emulator.setDelivery({ hold: true });
    await change(shop, id, 60);
    expect((await counts(shop))["events"]).toBeGreaterThanOrEqual(60);
    shop.emulator.setDelivery({ hold: false });
    await shop.emulator.settled();
    await change(shop, id, 30);
    expect((await counts(shop))["events"]).toBeLessThanOrEqual(30);
    expect(shop.received).toHaveLength(91);
    await shop.close();
  });

  it("is what is older than thirty days, as soon as there are more than are always kept", async () => {
    const shop = await openShop({ settings: { eventsKept: [5, 1000] } });
    const { id } = await shop.stripe.products.create({ name: "P" });
    await change(shop, id, 20);
    await shop.emulator.clock.advance(29 * DAY);
    await change(shop, id, 3);
    expect((await counts(shop))["events"]).toBe(24);
    await shop.emulator.clock.advance(DAY + HOUR);
    // They go at the next look, and not before what is due was sent.
    await expect.poll(async () => (await counts(shop))["events"]).toBe(5);
    await change(shop, id, 1);
    expect(await counts(shop)).toMatchObject({ events: 6, deliveries: 6, idempotency: 1 });
    expect((await shop.stripe.events.list()).data).toHaveLength(4);
    await shop.close();
  });

  it("is not an event of a test clock that stands long ago: it came about now", async () => {
    const shop = await openShop({ settings: { eventsKept: [0, 1000] } });
    const frozen_time = Math.floor((shop.emulator.clock.now() - 400 * DAY) / 1000);
    const clock = await shop.stripe.testHelpers.testClocks.create({ frozen_time });
    const customer = await shop.stripe.customers.create({ test_clock: clock.id });
    await shop.stripe.customers.update(customer.id, { name: "Ada" });
    await shop.emulator.settled();
    const { data } = await shop.stripe.events.list({ type: "customer.updated" });
    expect(data[0]?.created).toBe(frozen_time);
    await shop.emulator.clock.advance(31 * DAY);
    await shop.stripe.products.create({ name: "P" });
    await shop.emulator.settled();
    await shop.stripe.products.create({ name: "P" });
    const types = (await shop.stripe.events.list()).data.map(({ type }) => type);
    expect(types).toContain("product.created");
    expect(types).not.toContain("customer.updated");
    await shop.close();
  });

  it("is nothing in a simulation, which looks back at all that was", async () => {
    const core = createCore({ now: 0, seed: 1 });
    const body = "name=P";
    for (let count = 0; count < 30; count += 1)
      await core.fetch("http://stripe/v1/products", { method: "POST", body });
    core.advance(400 * DAY);
    expect(core.store.count("events")).toBe(30);
  });
});

describe("the file", () => {
  it("stays short while the emulator runs, and holds all that is left after a kill", () => {
    const path = join(folder, "short.jsonl");
    const { sink } = openJournal(path, 10_000);
    const store = new Store(sink);
    const sizes: number[] = [];
    for (let round = 0; round < 2000; round += 1) {
      store.put("meta", { id: `m${round % 20}`, value: round });
      store.put("meta", { id: "same", value: round });
      if (round % 3 === 0) store.remove("meta", `m${(round + 7) % 20}`);
      store.commit();
      sizes.push(statSync(path).size);
    }
    expect(Math.max(...sizes)).toBeLessThan(20_000); // some 100 bytes a commit would be 200,000
    expect(sizes.some((size, at) => size < (sizes[at - 1] ?? 0))).toBe(true);
    copyFileSync(path, join(folder, "killed.jsonl")); // as a kill leaves it
    const killed = openJournal(join(folder, "killed.jsonl"));
    const left = new Store(null, killed.changes);
    killed.sink.close();
    expect(new Set(left.all("meta"))).toEqual(new Set(store.all("meta")));
    store.close();
  });
});
