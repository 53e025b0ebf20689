import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { holdTimers } from "../../test/support/hold-timers.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { createCaller } from "../root.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => void vi.useRealTimers());
afterAll(() => world.close());

const SELLER = {
  name: "LiveAssist AB",
  org_no: "559000-0000",
  address: "Storgatan 1, Uppsala",
  email: "hej@example.com",
};

test("tells everybody Stripe's price, the trial and who sells", async () => {
  const price = { ...(await world.deps.price()), amountOre: 4900, currency: "eur" };
  const site = createCaller({ ...world.deps, price: async () => price }, null).site;
  expect(await site.info()).toEqual({
    offer: { amount_ore: 4900, currency: "eur", trial_days: 5, trial_requires_card: true },
    seller: SELLER,
  });
});

test("shows the configured price before Stripe was ever reached, and at once when it hangs", async () => {
  const price = () => Promise.reject(new Error("down"));
  const down = createCaller({ ...world.deps, price }, null).site;
  expect((await down.info()).offer).toMatchObject({ amount_ore: 3900, currency: "sek" });
  holdTimers();
  const asked = Promise.withResolvers<void>();
  const hang = (): Promise<never> => {
    asked.resolve();
    return new Promise(() => {});
  };
  const answer = createCaller({ ...world.deps, price: hang }, null).site.info();
  await asked.promise;
  await vi.advanceTimersByTimeAsync(1_000);
  vi.useRealTimers();
  expect((await answer).offer.amount_ore).toBe(3900);
});

test("a test installation without seller details says so", async () => {
  const settings = { ...world.deps.settings, seller: null };
  expect(await createCaller({ ...world.deps, settings }, null).site.info()).toMatchObject({ seller: null });
});
