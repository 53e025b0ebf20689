import { expect, test } from "vitest";
import { mustAsk, type ReadState } from "./ask-stripe.ts";

const NOW = Date.UTC(2026, 10, 21);
const MINUTE = 60_000;

const fresh: ReadState = {
  hasCustomer: true,
  checkoutUnderWay: false,
  checkAt: null,
  observedAt: new Date(NOW - MINUTE),
};

test("a read does not ask Stripe about what it observed within 5 minutes", () => {
  expect(mustAsk(fresh, NOW)).toBe(false);
  expect(mustAsk({ ...fresh, observedAt: new Date(NOW - 5 * MINUTE) }, NOW)).toBe(false);
});

test("a read asks Stripe when the last observation is older than 5 minutes, or there was none", () => {
  expect(mustAsk({ ...fresh, observedAt: new Date(NOW - 5 * MINUTE - 1) }, NOW)).toBe(true);
  expect(mustAsk({ ...fresh, observedAt: null }, NOW)).toBe(true);
});

test("a read asks Stripe when a checkout is under way", () => {
  expect(mustAsk({ ...fresh, checkoutUnderWay: true }, NOW)).toBe(true);
});

test("a read asks Stripe as soon as a stored boundary has come, and not before", () => {
  expect(mustAsk({ ...fresh, checkAt: new Date(NOW + 1) }, NOW)).toBe(false);
  expect(mustAsk({ ...fresh, checkAt: new Date(NOW) }, NOW)).toBe(true);
});

test("nobody asks Stripe about who has no customer there", () => {
  const stranger = { ...fresh, hasCustomer: false, checkoutUnderWay: true, observedAt: null };
  expect(mustAsk({ ...stranger, checkAt: new Date(NOW - 1) }, NOW)).toBe(false);
});
