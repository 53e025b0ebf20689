import fc from "fast-check";
import { expect, test } from "vitest";
import { derivePlan } from "./derive-plan.ts";
import { PLANS, RANK_OF_PLAN } from "./plans.ts";
import { grantablePlan, withGrants } from "./provisional.ts";
import { STRIPE_STATUSES, type Standing } from "./subscription.ts";

const NOW = Date.UTC(2026, 10, 21);
const HOUR = 3_600_000;
const FREE = derivePlan([], NOW, { pastDueMs: 0, trialVerifyMs: 0, periodVerifyMs: 0 });
const standing = (over: Partial<Standing> = {}): Standing => ({ ...FREE, ...over });
const grant = (status: string, endsAt = NOW + HOUR) => ({ subscriptionId: "sub_g", status, endsAt });

test("only trialing and active may grant", () => {
  const granting = STRIPE_STATUSES.filter((status) => grantablePlan(status) !== null);
  expect(granting).toEqual(["trialing", "active"]);
  expect(grantablePlan("hibernating")).toBeNull();
});

test("a grant lifts from free until its last millisecond, and is asked about at its end", () => {
  expect(withGrants(FREE, [grant("active")], NOW + HOUR - 1)).toMatchObject({
    plan: "paid",
    expiry: NOW + HOUR,
    checkAt: NOW + HOUR,
    stripeStatus: "active",
  });
  expect(withGrants(FREE, [grant("active")], NOW + HOUR)).toBe(FREE);
});

test("a trial by the rows is not shortened when a payment is granted on top", () => {
  const trial = standing({ plan: "trial", expiry: NOW + 72 * HOUR, checkAt: NOW + 72 * HOUR });
  const both = withGrants(trial, [grant("active")], NOW);
  expect(both).toMatchObject({ plan: "paid", expiry: NOW + 72 * HOUR, checkAt: NOW + HOUR });
});

test("grants never reduce, whatever the rows give", () => {
  const anyGrant = fc.record({
    subscriptionId: fc.constantFrom("sub_a", "sub_b"),
    status: fc.constantFrom<string>(...STRIPE_STATUSES, "hibernating"),
    endsAt: fc.integer({ min: NOW - HOUR, max: NOW + HOUR }),
  });
  fc.assert(
    fc.property(fc.constantFrom(...PLANS), fc.array(anyGrant, { maxLength: 4 }), (plan, grants) => {
      const expiry = plan === "free" ? null : NOW + HOUR / 2;
      const after = withGrants(standing({ plan, expiry }), grants, NOW);
      expect(RANK_OF_PLAN[after.plan]).toBeGreaterThanOrEqual(RANK_OF_PLAN[plan]);
      if (expiry !== null) expect(after.expiry ?? 0).toBeGreaterThanOrEqual(expiry);
    }),
  );
});
