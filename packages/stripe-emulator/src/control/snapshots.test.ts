import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buy, DAY, HOUR, openShop, type Shop } from "../../test/shop.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "emulator-snapshots-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function call(shop: Shop, path: string, init: { method?: string; body?: object } = {}) {
  const response = await fetch(`${shop.emulator.url}/_emulator/${path}`, {
    method: init.method ?? (init.body === undefined ? "GET" : "POST"),
    ...(init.body !== undefined && { body: JSON.stringify(init.body) }),
  });
  return (await response.json()) as Record<string, unknown>;
}

/** What a month of a shop leaves behind: every event, and what became of each delivery. */
async function month(shop: Shop): Promise<unknown> {
  const stripe = shop.stripe;
  await stripe.customers.create({ name: "Ada" }, { idempotencyKey: "ada" });
  await shop.emulator.clock.advance(32 * DAY);
  await stripe.customers.create({ name: "Bo" }, { idempotencyKey: "bo" });
  await shop.emulator.settled();
  const deliveries = shop.emulator.deliveries().map(({ dueWall: _wall, ...row }) => row);
  return { events: shop.emulator.events(), deliveries, chaos: shop.emulator.chaos.read() };
}

describe("snapshots", () => {
  it("bring everything back, so that what follows is the same once more", async () => {
    const shop = await openShop();
    await buy(shop, { subscription_data: { trial_period_days: 5 } });
    await shop.stripe.testHelpers.testClocks.create({ frozen_time: 1_700_000_000 });
    shop.emulator.chaos.set({
      seed: 3,
      rules: [
        { fault: "drop", probability: 0.4 },
        { fault: "twin", next: 2 },
      ],
    });
    const [id, now] = [shop.emulator.snapshot("before"), shop.emulator.clock.now()];
    const first = await month(shop);
    shop.emulator.chaos.clear();
    shop.emulator.reset();
    await shop.stripe.customers.create({ name: "Somebody else" });
    shop.emulator.restore(id);
    expect(shop.emulator.clock.now()).toBe(now);
    expect(await month(shop)).toEqual(first);
    await shop.close();
  });

  it("are taken, listed, restored and thrown away over HTTP", async () => {
    const shop = await openShop();
    const { id: customer } = await shop.stripe.customers.create({});
    const taken = await call(shop, "snapshots", { body: { name: "one" } });
    expect(taken).toMatchObject({ id: "snap_1", name: "one", documents: expect.any(Number) });
    await shop.stripe.customers.del(customer);
    expect(await call(shop, "snapshots/snap_1/restore", { body: {} })).toMatchObject({ restored: "snap_1" });
    expect((await shop.stripe.customers.retrieve(customer)).deleted).toBeUndefined();
    expect(await call(shop, "snapshots")).toMatchObject({ snapshots: [{ id: "snap_1", name: "one" }] });
    expect(await call(shop, "snapshots/snap_1", { method: "DELETE" })).toEqual({
      id: "snap_1",
      deleted: true,
    });
    expect(await call(shop, "snapshots/snap_1/restore", { body: {} })).toHaveProperty("error");
    expect(await call(shop, "snapshots/snap_1", { method: "DELETE" })).toHaveProperty("error");
    expect(await call(shop, "snapshots", { body: { name: 1 } })).toHaveProperty("error");
    expect(() => shop.emulator.restore("snap_9")).toThrow("snap_9");
    await shop.close();
  });

  it("take no part in what is in flight: it neither changes the restored state nor goes on in it", async () => {
    const asked: (() => void)[] = [];
    const slow = createServer((_request, response) => asked.push(() => response.writeHead(200).end()));
    await new Promise<void>((resolve) => slow.listen(0, "127.0.0.1", resolve));
    const shop = await openShop({ forwardTo: `http://127.0.0.1:${(slow.address() as AddressInfo).port}/` });
    const { emulator } = shop;
    const empty = emulator.snapshot();
    await shop.stripe.customers.create({});
    const early = emulator.snapshot();
    await expect.poll(() => asked.length).toBe(1);

    emulator.restore(early); // sends it anew; the first answer belongs to a time that never was
    await expect.poll(() => asked.length).toBe(2);
    asked[0]?.();
    await shop.stripe.customers.list();
    expect(emulator.deliveries()).toMatchObject([{ status: "pending", attempts: 0 }]);
    expect(emulator.attempts()).toEqual([]);
    asked[1]?.();
    await emulator.settled();
    expect(emulator.deliveries()).toMatchObject([{ status: "succeeded", attempts: 1 }]);

    const price = { currency: "sek", unit_amount: 3900, product_data: { name: "P" } };
    emulator.setDelivery({ hold: true });
    await shop.stripe.checkout.sessions.create({
      mode: "subscription",
      line_items: [{ price_data: { ...price, recurring: { interval: "month" } }, quantity: 1 }],
      success_url: "http://shop.example/",
    });
    emulator.drop(emulator.events().map(({ id }) => id));
    emulator.setDelivery({ hold: false });
    const advancing = emulator.clock.advance(30 * DAY); // the session expires, and its event has no answer yet
    await expect.poll(() => asked.length).toBe(3);
    const later = emulator.clock.advance(30 * DAY);
    emulator.restore(empty);
    const now = emulator.clock.now();
    asked[2]?.();
    await Promise.all([advancing, later]);
    expect(emulator.clock.now()).toBe(now);
    expect([emulator.events(), emulator.deliveries(), emulator.attempts()]).toEqual([[], [], []]);
    slow.closeAllConnections();
    await shop.close();
    await new Promise((resolve) => slow.close(resolve));
  });

  it("hold what was held, and survive a reset and restarts", async () => {
    const dataFile = join(folder, "state.jsonl");
    const first = await openShop({ dataFile });
    first.emulator.setDelivery({ hold: true });
    first.emulator.chaos.set({ rules: [{ fault: "delay", ms: 60_000 }] });
    const { id } = await first.stripe.customers.create({ name: "held" });
    const snapshot = first.emulator.snapshot("held");
    first.emulator.reset();
    await first.close();

    const second = await openShop({ dataFile });
    expect(second.emulator.snapshots.list()).toMatchObject([{ id: snapshot, name: "held" }]);
    second.emulator.restore(snapshot);
    const held = second.emulator.snapshot();
    await second.emulator.clock.advance(HOUR);
    await second.emulator.settled();
    expect(second.heard()).toEqual([]); // still held
    second.emulator.restore(held);
    second.emulator.setDelivery({ hold: false });
    await second.emulator.clock.advance(HOUR);
    await second.emulator.settled();
    expect(second.heard()).toEqual(["customer.created"]); // at today's address of the endpoint
    second.emulator.restore(held);
    second.emulator.snapshots.remove(held);
    expect(second.emulator.chaos.read().rules).toMatchObject([{ fault: "delay", hits: 1 }]);
    await second.close();

    const third = await openShop({ dataFile });
    expect(await third.stripe.customers.retrieve(id)).toMatchObject({ name: "held" });
    await third.emulator.clock.advance(HOUR);
    await third.emulator.settled();
    expect(third.heard()).toEqual(["customer.created"]);
    expect(third.emulator.snapshot()).toBe("snap_2");
    third.emulator.snapshots.remove(snapshot);
    expect(third.emulator.snapshots.list().map(({ id: one }) => one)).toEqual(["snap_2"]);
    await third.close();
  });
});
