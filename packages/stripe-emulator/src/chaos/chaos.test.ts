import Stripe from "stripe";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { buy, openCheckout, openShop, refusal, type Shop } from "../../test/shop.ts";
import { Chaos } from "./chaos.ts";
import type { Rule } from "./faults.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterEach(() => shop.emulator.chaos.clear());
afterAll(() => shop.close());

/** What the event of one new customer meets on its way under this rule. */
async function sendOne(rule: Rule): Promise<{ ids: string[]; refused: string[] }> {
  await shop.emulator.settled();
  const [received, refused] = [shop.received.length, shop.refused.length];
  shop.emulator.chaos.set({ rules: [{ only: ["customer.*"], ...rule }] });
  await shop.stripe.customers.create({});
  await shop.emulator.settled();
  for (let retry = 0; retry < 2; retry += 1) {
    await shop.emulator.clock.advance(5_000);
    await shop.emulator.settled();
  }
  return { ids: shop.received.slice(received).map(({ id }) => id), refused: shop.refused.slice(refused) };
}

describe("chaos between Stripe and an endpoint", () => {
  it("damages, signs wrongly or long ago; the retry is clean", async () => {
    for (const fault of ["corrupt", "wrong_secret", "old_secret"] as const) {
      const { ids, refused } = await sendOne({ fault });
      expect(refused, fault).toEqual([expect.stringContaining("No signatures found")]);
      expect(ids, fault).toHaveLength(1);
    }
    const stale = await sendOne({ fault: "stale" });
    expect(stale.refused).toEqual([expect.stringContaining("Timestamp outside")]);
    expect(stale.ids).toHaveLength(1);
    expect((await sendOne({ fault: "stale", times: 2 })).refused).toHaveLength(2);
  });

  it("loses, repeats and tells twice", async () => {
    expect((await sendOne({ fault: "drop" })).ids).toEqual([]);
    const repeated = await sendOne({ fault: "duplicate", times: 2 });
    expect(repeated.ids).toHaveLength(3);
    expect(new Set(repeated.ids).size).toBe(1);
    expect(new Set((await sendOne({ fault: "twin" })).ids).size).toBe(2);
  });

  it("holds until it is released, by hand or by the end of all rules", async () => {
    await shop.emulator.settled();
    shop.heard();
    shop.emulator.chaos.set({ rules: [{ fault: "hold", next: 2 }] });
    for (let i = 0; i < 3; i += 1) await shop.stripe.customers.create({ name: String(i) });
    await shop.emulator.settled();
    expect(shop.heard()).toEqual(["customer.created"]);
    shop.emulator.chaos.release();
    await shop.emulator.settled();
    expect(shop.heard()).toHaveLength(2);
    shop.emulator.chaos.set({ rules: [{ fault: "hold" }] });
    await shop.stripe.customers.create({});
    shop.emulator.chaos.clear();
    await shop.emulator.settled();
    expect(shop.heard()).toHaveLength(1);
  });

  it("delays by the emulator's clock", async () => {
    shop.emulator.chaos.set({ rules: [{ fault: "delay", ms: 3_600_000, only: ["customer.created"] }] });
    await shop.stripe.customers.create({});
    await shop.emulator.settled();
    expect(shop.heard()).toEqual([]);
    await shop.emulator.clock.advance(3_600_000);
    await shop.emulator.settled();
    expect(shop.heard()).toEqual(["customer.created"]);
  });

  it("brings the events of one purchase in another order, the same one for the same seed", async () => {
    const order = async (rules: Rule[]) => {
      const other = await openShop();
      other.emulator.chaos.set({ seed: 5, rules });
      await buy(other);
      await other.close();
      return other.received.map(({ type }) => type);
    };
    const one = await order([{ fault: "reorder" }]);
    expect(await order([{ fault: "reorder" }])).toEqual(one);
    const usual = await order([]);
    expect(one).not.toEqual(usual);
    expect(one.toSorted()).toEqual(usual.toSorted());
    expect(one.length).toBeGreaterThan(10);
  });

  it("counts what it injected, and by rule", async () => {
    const before = shop.emulator.chaos.read().counts.drop;
    shop.emulator.chaos.set({ seed: 3, rules: [{ fault: "drop", probability: 0.5 }] });
    for (let i = 0; i < 20; i += 1) await shop.stripe.customers.create({});
    const { rules, counts } = shop.emulator.chaos.read();
    expect(rules[0]?.hits).toBe(counts.drop - before);
    expect(counts.drop - before).toBeGreaterThan(4);
    expect(counts.drop - before).toBeLessThan(16);
  });
});

describe("chaos in the API", () => {
  it("answers 429 and 500 as Stripe does, so often, and only where it was told to", async () => {
    const { chaos } = shop.emulator;
    chaos.set({ rules: [{ fault: "rate_limit", next: 1, only: ["POST /v1/customers"] }] });
    await shop.stripe.customers.list();
    expect(await refusal(shop.stripe.customers.create({}))).toBeInstanceOf(
      Stripe.errors.StripeRateLimitError,
    );
    await shop.stripe.customers.create({});
    chaos.set({ rules: [{ fault: "error", only: ["/v1/customers/*"] }] });
    expect(await refusal(shop.stripe.customers.retrieve("cus_1"))).toBeInstanceOf(
      Stripe.errors.StripeAPIError,
    );
    await shop.stripe.customers.list();
  });

  it("resets before anything happened, or loses the answer after everything did", async () => {
    const { chaos } = shop.emulator;
    const many = async () => (await shop.stripe.customers.list({ limit: 100 })).data.length;
    const before = await many();
    // A reset connection is tried once more by the SDK itself, with the same key.
    chaos.set({ rules: [{ fault: "reset", next: 2, only: ["POST *"] }] });
    expect(await refusal(shop.stripe.customers.create({}))).toBeInstanceOf(
      Stripe.errors.StripeConnectionError,
    );
    expect(await many()).toBe(before);
    chaos.set({ rules: [{ fault: "lost_answer", next: 2, only: ["POST *"] }] });
    const idempotencyKey = "lost-once";
    expect(await refusal(shop.stripe.customers.create({}, { idempotencyKey }))).toBeInstanceOf(
      Stripe.errors.StripeConnectionError,
    );
    expect(await many()).toBe(before + 1);
    await shop.stripe.customers.create({}, { idempotencyKey });
    expect(await many()).toBe(before + 1);
  });

  it("answers 500 once and the same to every call with that key, as Stripe keeps what failed half-way", async () => {
    const { chaos } = shop.emulator;
    const many = async () => (await shop.stripe.customers.list({ limit: 100 })).data.length;
    const before = await many();
    chaos.set({ rules: [{ fault: "kept_error", next: 1, only: ["POST *"] }] });
    const fails = async () => {
      const error = await refusal(shop.stripe.customers.create({}, { idempotencyKey: "failed-once" }));
      return [error.statusCode, error.rawType, error.headers?.["idempotent-replayed"]];
    };
    expect(await fails()).toEqual([500, "api_error", undefined]);
    expect(await fails()).toEqual([500, "api_error", "true"]);
    expect(await many()).toBe(before);
    await shop.stripe.customers.create({}, { idempotencyKey: "another" });
    expect(await many()).toBe(before + 1);
  });

  it("hangs until the caller gives up, and is slow", async () => {
    const { chaos } = shop.emulator;
    chaos.set({ rules: [{ fault: "hang", next: 1 }] });
    expect(await refusal(shop.stripe.customers.list({}, { timeout: 60 }))).toBeInstanceOf(
      Stripe.errors.StripeConnectionError,
    );
    await expect.poll(() => chaos.read().rules[0]?.left).toBe(0);
    chaos.set({ rules: [{ fault: "slow", ms: 120, next: 1 }] });
    const started = performance.now();
    await shop.stripe.customers.list();
    expect(performance.now() - started).toBeGreaterThan(110);
  });

  it("is down altogether: no call, no page, no event; then all arrives", async () => {
    const { session } = await openCheckout(shop);
    shop.emulator.chaos.set({ rules: [{ fault: "down" }] });
    expect(await refusal(shop.stripe.customers.list())).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    await expect(fetch(String(session.url))).rejects.toThrow();
    await shop.emulator.completeCheckout(session.id);
    await shop.emulator.settled();
    expect(shop.heard()).toEqual([]);
    shop.emulator.chaos.clear();
    await shop.emulator.settled();
    expect(shop.heard()).toContain("checkout.session.completed");
  });
});

describe("chaos by the control API", () => {
  const call = async (method: string, path: string, body?: object) => {
    const url = `${shop.emulator.url}/_emulator/chaos${path}`;
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(url, { method, headers: { "content-type": "application/json" }, ...init });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it("reads, sets, adds, removes and clears rules", async () => {
    const rules = [{ fault: "drop", probability: 0.2, only: ["invoice.*"] }];
    expect((await call("POST", "", { seed: 9, rules })).body).toMatchObject({ seed: 9, rules });
    const added = (await call("POST", "/rules", { fault: "hang", next: 3 })).body;
    expect(added).toMatchObject({ rules: [{ fault: "drop" }, { fault: "hang", left: 3, hits: 0 }] });
    const [first] = shop.emulator.chaos.read().rules;
    expect((await call("DELETE", `/rules/${first?.id}`)).body).toMatchObject({ rules: [{ fault: "hang" }] });
    await call("DELETE", "");
    expect((await call("GET", "")).body).toMatchObject({ rules: [] });
  });

  it("refuses what is no rule, and says why", async () => {
    expect((await call("POST", "/rules", { fault: "gremlins" })).body).toMatchObject({
      error: { message: expect.stringContaining("fault must be one of") },
    });
    expect((await call("POST", "/rules", { fault: "drop", probability: 2 })).status).toBe(400);
    expect((await call("POST", "/rules", { fault: "drop", often: 1 })).status).toBe(400);
    expect((await call("POST", "", { rules: [{ fault: "drop" }, {}] })).status).toBe(400);
    expect(shop.emulator.chaos.read().rules).toEqual([]);
  });

  it("draws the same for the same seed, whatever other rules there are", () => {
    const strikes = (seed: number) => {
      const chaos = new Chaos(seed);
      chaos.add({ fault: "drop", probability: 0.3 });
      return Array.from({ length: 40 }, () => chaos.strike(["drop"], "invoice.paid").length).join("");
    };
    expect(strikes(1)).toBe(strikes(1));
    expect(strikes(1)).not.toBe(strikes(2));
  });
});
