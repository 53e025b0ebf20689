import { afterEach, expect, test, vi } from "vitest";
import { StripeStub } from "../../test/support/stripe-stub.ts";
import { createStripe } from "./stripe.ts";
import { withDeadline } from "./stripe-deadline.ts";

afterEach(() => vi.useRealTimers());

test("an answer that never comes to its end is unavailable after 25 s", async () => {
  const stub = await new StripeStub().start();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  stub.fault = () => "hang";
  const settings = { secretKey: "sk_test_1", webhookSecrets: [], priceId: undefined, priceSek: 39 };
  const stripe = createStripe({ ...settings, apiBase: stub.url });
  const asks = [stripe.listSubscriptions("cus_1"), stripe.ensurePrice(), stripe.retrieveCustomer("cus_1")];
  const ended = Promise.allSettled(asks);
  vi.advanceTimersByTime(25_000);
  for (const one of await ended)
    expect(one).toMatchObject({
      reason: { name: "StripeError", kind: "unavailable", message: expect.stringContaining("too long") },
    });
  await stub.stop();
});

test("what ends in time is handed on, and leaves no timer behind", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  expect(await withDeadline(Promise.resolve(7))).toBe(7);
  await expect(withDeadline(Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(vi.getTimerCount()).toBe(0);
});
