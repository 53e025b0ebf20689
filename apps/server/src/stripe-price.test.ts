import type { Logger, PriceOffer, StripePort } from "@liveassist/api";
import { createTestDatabase, type TestDatabase } from "@liveassist/db/testing";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { StripeStub } from "../test/support/stripe-stub.ts";
import { createLogger } from "./adapters/logger.ts";
import { createStripe } from "./adapters/stripe.ts";
import { rememberPrice } from "./stripe-price.ts";

let database: TestDatabase;
let stub: StripeStub;
let stripe: StripePort;
let log: Logger;
const lines: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase({ max: 2 });
  log = createLogger("info", { write: (line) => void lines.push(line) });
});
beforeEach(async () => {
  stub = await new StripeStub().start();
  stripe = createStripe({
    secretKey: "sk_test_1",
    webhookSecrets: [],
    apiBase: stub.url,
    priceId: undefined,
    priceSek: 39,
  });
  lines.length = 0;
  return () => stub.stop();
});
afterAll(() => database.close());

const remember = (priceSek: number, priceId?: string): (() => Promise<PriceOffer>) =>
  rememberPrice({ db: database.db, stripe, log }, { priceSek, priceId });
const asked = () => stub.calls.filter((call) => call.path === "/v1/prices" && call.method === "GET").length;

test("Stripe is asked once for the price, however many need it", async () => {
  const price = remember(39, "price_once");
  const answers = await Promise.all([price(), price(), price()]);
  await price();
  expect(new Set(answers.map((one) => one.priceId)).size).toBe(1);
  expect(asked()).toBe(1);
  expect(lines.join()).not.toContain("price_differs");
});

test("a failure is not remembered", async () => {
  const price = remember(39, "price_failing");
  stub.fault = () => ({ status: 400, body: { error: { type: "invalid_request_error", message: "no" } } });
  await expect(price()).rejects.toMatchObject({ kind: "rejected" });
  stub.fault = () => null;
  expect((await price()).amountOre).toBe(3900);
});

test("after a restart reads need no Stripe: the kept price serves until it answers", async () => {
  const before = await remember(39, "price_kept")();
  stub.fault = () => ({ status: 400, body: { error: { type: "invalid_request_error", message: "no" } } });
  const price = remember(39, "price_kept");
  expect(await price()).toEqual(before);
  await vi.waitFor(() => expect(lines.join()).toContain("the kept price is used"));
});

test("a price that is not what was configured is warned about loudly, naming both", async () => {
  await remember(49, "price_other")();
  const line = lines.map((one) => JSON.parse(one) as Record<string, unknown>).find((one) => one["alarm"]);
  expect(line).toMatchObject({ level: "error", alarm: "price_differs", amountOre: 3900, expectedOre: 4900 });
  expect(line?.["msg"]).toMatch(/39 SEK per month.*49 SEK/);
});
