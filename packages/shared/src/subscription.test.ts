import fc from "fast-check";
import { expect, test } from "vitest";
import { PLANS } from "./plans.ts";
import { isKnownStatus, isOver, STRIPE_STATUSES, type VisibleState, visibleDiff } from "./subscription.ts";

const at = fc.option(fc.integer({ min: 0, max: 3 }), { nil: null });
const state: fc.Arbitrary<VisibleState> = fc.record({
  plan: fc.constantFrom(...PLANS),
  expiry: at,
  stripeStatus: fc.constantFrom("none", "active", "trialing"),
  trialEndsAt: at,
  cancelAt: at,
  xp: fc.integer({ min: 0, max: 2 }),
});
const FIELDS = ["plan", "expiry", "stripeStatus", "trialEndsAt", "cancelAt", "xp"] as const;

test("two states differ in exactly the fields a client shows and that are not the same", () => {
  fc.assert(
    fc.property(state, state, (before, after) => {
      expect(visibleDiff(before, after)).toEqual(FIELDS.filter((field) => before[field] !== after[field]));
    }),
  );
});

test("a state does not differ from itself, and a difference is the same in both directions", () => {
  fc.assert(
    fc.property(state, state, (one, other) => {
      expect(visibleDiff(one, { ...one })).toEqual([]);
      expect(visibleDiff(one, other)).toEqual(visibleDiff(other, one));
    }),
  );
});

test("what a client does not show is no difference", () => {
  const shown: VisibleState = {
    plan: "paid",
    expiry: 1,
    stripeStatus: "active",
    trialEndsAt: null,
    cancelAt: null,
    xp: 0,
  };
  const withMore = { ...shown, checkAt: 2, subscriptionId: "sub_2" };
  expect(visibleDiff(shown, withMore)).toEqual([]);
});

test("only canceled and incomplete_expired are over: everything else, known or not, may still be charged", () => {
  expect(STRIPE_STATUSES.filter(isOver)).toEqual(["incomplete_expired", "canceled"]);
  expect(isOver("hibernating")).toBe(false);
});

test("a status is known only by its exact word", () => {
  expect(STRIPE_STATUSES.every(isKnownStatus)).toBe(true);
  for (const word of ["", "Active", "active ", "none", "constructor"])
    expect(isKnownStatus(word)).toBe(false);
});
