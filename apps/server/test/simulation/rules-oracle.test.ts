import { describe, expect, it } from "vitest";
import { plansAllowed, rightOfAll } from "./rules-oracle.ts";
import type { TrueSubscription } from "./stripe-truth.ts";

const DAY = 86_400_000;
const live = (over: Partial<TrueSubscription> = {}): TrueSubscription => ({
  id: "sub_1",
  ours: true,
  status: "active",
  trialEnd: null,
  periodStart: 0,
  periodEnd: 30 * DAY,
  cancelAt: null,
  paid: true,
  oldestOpenInvoice: null,
  ...over,
});

describe("the stated rules, written a second time", () => {
  it("keep a payer until the period's end, and two days more when nobody asked since", () => {
    expect(rightOfAll([live()], 30 * DAY - 1, 0).plan).toBe("paid");
    expect(rightOfAll([live()], 32 * DAY - 1, 0).plan).toBe("paid");
    expect(rightOfAll([live()], 32 * DAY, 0).plan).toBe("free");
    expect(rightOfAll([live()], 40 * DAY, 30 * DAY).plan).toBe("paid");
  });

  it("give a trial an hour, an overdue payer seven days, and whoever never paid nothing", () => {
    const trial = live({ status: "trialing", trialEnd: 5 * DAY });
    expect(rightOfAll([trial], 5 * DAY + 3_599_999, 0).plan).toBe("trial");
    expect(rightOfAll([trial], 5 * DAY + 3_600_000, 0).plan).toBe("free");
    const overdue = live({ status: "past_due", oldestOpenInvoice: 30 * DAY });
    expect(rightOfAll([overdue], 37 * DAY - 1, 31 * DAY)).toEqual({ plan: "paid", expiry: 37 * DAY });
    expect(rightOfAll([overdue], 37 * DAY, 31 * DAY).plan).toBe("free");
    expect(rightOfAll([{ ...overdue, paid: false }], 31 * DAY, 31 * DAY).plan).toBe("free");
  });

  it("count only ours, and the best of several", () => {
    expect(rightOfAll([live({ ours: false })], DAY, 0).plan).toBe("free");
    const ended = live({ id: "sub_2", status: "canceled" });
    expect(rightOfAll([ended, live()], DAY, 0).plan).toBe("paid");
  });

  it("allow what was true at any moment between the question and the answer, and no more", () => {
    const possible = [[live({ status: "trialing", trialEnd: 5 * DAY })], [live()]];
    expect(plansAllowed([{ possible, askedAt: 0 }], DAY)).toEqual(new Set(["trial", "paid"]));
    expect(plansAllowed([], DAY)).toEqual(new Set(["free"]));
  });
});
