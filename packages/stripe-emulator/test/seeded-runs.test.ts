import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { buy, DAY, HOUR, makePrice, openShop, type Shop } from "./shop.ts";

const RULES = [
  { fault: "drop", probability: 0.2 },
  { fault: "duplicate", probability: 0.2 },
  { fault: "reorder" },
  { fault: "corrupt", probability: 0.2 },
  { fault: "rate_limit", probability: 0.1, only: ["GET /v1/customers"] },
] as const;

interface Step {
  shop: Shop;
  restart(): Promise<void>;
}

/** Trials, renewals, chaos, a snapshot and a restart: everything that could tell two runs apart. */
async function live(step: Step): Promise<string> {
  const answers: string[] = [];
  const arrivals: string[] = [];
  const settle = async () => {
    await step.shop.emulator.settled();
    arrivals.push(...step.shop.heard());
  };
  const listing = async () => {
    const list = await step.shop.stripe.customers.list().catch((error: Error) => ({ data: [error.message] }));
    answers.push(JSON.stringify(list.data).replaceAll(/req_\w+/g, "req"));
  };
  step.shop.emulator.chaos.set({ seed: 5, rules: RULES });
  await buy(step.shop, { subscription_data: { trial_period_days: 5 } });
  const snapshot = step.shop.emulator.snapshot();
  await step.shop.emulator.clock.advance(6 * DAY);
  await settle();
  await listing();
  step.shop.emulator.restore(snapshot);
  await step.restart();
  step.shop.emulator.chaos.set({ seed: 6, rules: RULES });
  await makePrice(step.shop);
  for (let round = 0; round < 6; round += 1) {
    await step.shop.emulator.clock.advance(3 * DAY + HOUR);
    await settle();
    await listing();
  }
  const deliveries = step.shop.emulator.deliveries().map(({ dueWall: _wall, ...row }) => row);
  const text = JSON.stringify({ events: step.shop.emulator.events(), deliveries, answers, arrivals });
  const keyless = text.replaceAll(/stripe-node-retry-[-\w]+/g, "key"); // the SDK draws them by itself
  return keyless.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "origin");
}

async function run({ seed = 7, restarts = true } = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "emulator-seeded-"));
  // The first retry is minutes away by the wall clock: only the jumps of the emulator's may bring it.
  const options = { dataFile: join(folder, "state.jsonl"), seed, retryProfile: "live" as const };
  const step: Step = {
    shop: await openShop(options),
    async restart() {
      if (!restarts) return step.shop.emulator.chaos.clear();
      await step.shop.close();
      step.shop = await openShop(options);
    },
  };
  const lived = await live(step);
  await step.shop.close();
  rmSync(folder, { recursive: true });
  return lived;
}

it("lives the same life for the same seed, through snapshots and restarts, down to what chaos does", async () => {
  const first = await run();
  expect(first.length).toBeGreaterThan(50_000);
  expect(await run()).toBe(first);
  expect(await run({ seed: 8 })).not.toBe(first);
});

it("lives the same life whether or not it is restarted in between", async () => {
  expect(await run({ restarts: false })).toBe(await run());
});

it("never gives an id twice, however often it is restarted and however little it keeps", async () => {
  const folder = mkdtempSync(join(tmpdir(), "emulator-seeded-"));
  const options = {
    dataFile: join(folder, "state.jsonl"),
    settings: { eventsKept: [0, 3], keysKept: 3 },
  } as const;
  const ids: string[] = [];
  for (let start = 0; start < 5; start += 1) {
    const shop = await openShop(options);
    for (let count = 0; count < 6; count += 1)
      ids.push((await shop.stripe.products.create({ name: "P" })).id);
    await shop.emulator.settled();
    ids.push(
      ...shop.emulator
        .events()
        .map(({ id }) => id)
        .slice(-1),
    );
    await shop.close();
  }
  expect(new Set(ids).size).toBe(ids.length);
  rmSync(folder, { recursive: true });
});
