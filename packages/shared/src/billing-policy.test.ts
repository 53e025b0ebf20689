import { describe, expect, test } from "vitest";
import { policyOf, refusalOf, STATUS_POLICY } from "./billing-policy.ts";
import { HAPPENINGS } from "./happenings.ts";
import { isOver, STRIPE_STATUSES } from "./subscription.ts";

describe("a second purchase", () => {
  test.each(STRIPE_STATUSES)("beside %s is refused unless that is over for good", (status) => {
    expect(refusalOf([status]) === null).toBe(isOver(status));
  });
  test("beside a running one meets ALREADY_SUBSCRIBED, whatever else there is", () => {
    expect(refusalOf(["past_due", "trialing"])).toBe("ALREADY_SUBSCRIBED");
    expect(refusalOf(["active", "unpaid"])).toBe("ALREADY_SUBSCRIBED");
  });
  test("beside one that needs attention, or that nobody understands, meets PAYMENT_NEEDS_ATTENTION", () => {
    for (const status of ["past_due", "unpaid", "paused", "incomplete", "hibernating"])
      expect(refusalOf(["canceled", status]), status).toBe("PAYMENT_NEEDS_ATTENTION");
  });
  test("is welcome when there is nothing, or nothing left", () => {
    expect(refusalOf([])).toBeNull();
    expect(refusalOf(["canceled", "incomplete_expired"])).toBeNull();
  });
});

test("an unknown status keeps what was granted and may cost money", () => {
  expect(policyOf("hibernating")).toMatchObject({ access: "as_before", bills: true });
});

test("whatever gives access also bills, so that two of them are found", () => {
  for (const [status, policy] of Object.entries(STATUS_POLICY))
    if (policy.access !== "none") expect(policy.bills, status).toBe(true);
});

test("every rule has its reason, and what is flagged has a kind to be flagged as", () => {
  const rules = [...Object.values(STATUS_POLICY), ...Object.values(HAPPENINGS)];
  for (const rule of rules) expect(rule.why).toMatch(/^[A-Z].{20,}\.$/);
  for (const [name, one] of Object.entries(HAPPENINGS))
    if (one.operator === "flag") expect(one.flag, name).not.toBeNull();
});
