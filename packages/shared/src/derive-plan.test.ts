import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { derivePlan } from "./derive-plan.ts";
import { STRIPE_STATUSES, type SubscriptionFacts } from "./subscription.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const GRACE = { pastDueMs: 7 * DAY, trialVerifyMs: 60 * MINUTE, periodVerifyMs: 2 * DAY };
const START = Date.UTC(2026, 10, 1);
const END = START + 30 * DAY;

/** A paid subscription in the middle of its period, observed at its start. */
function facts(over: Partial<SubscriptionFacts> = {}): SubscriptionFacts {
  const status = over.status ?? "active";
  return {
    id: "sub_1",
    status,
    knownStatus: STRIPE_STATUSES.find((one) => one === status) ?? null,
    counts: true,
    createdAt: START,
    periodStart: START,
    periodEnd: END,
    trialEnd: null,
    cancelAt: null,
    cancelAtPeriodEnd: false,
    everPaid: true,
    openInvoiceAt: null,
    observedAt: START,
    ...over,
  };
}

const planAt = (now: number, ...all: SubscriptionFacts[]) => derivePlan(all, now, GRACE);
const trial = (over: Partial<SubscriptionFacts> = {}) =>
  facts({
    status: "trialing",
    trialEnd: START + 5 * DAY,
    periodEnd: START + 5 * DAY,
    everPaid: false,
    ...over,
  });

test("nobody who never subscribed is anything but free", () => {
  expect(planAt(START)).toEqual({
    plan: "free",
    expiry: null,
    stripeStatus: "none",
    trialEndsAt: null,
    cancelAt: null,
    subscriptionId: null,
    checkAt: null,
  });
});

describe("every status of Stripe has one plan", () => {
  const expected = {
    trialing: "trial",
    active: "paid",
    past_due: "paid",
    unpaid: "free",
    paused: "free",
    incomplete: "free",
    incomplete_expired: "free",
    canceled: "free",
  } as const;
  test.each(STRIPE_STATUSES)("%s", (status) => {
    const one = facts({ status, trialEnd: status === "trialing" ? END : null });
    expect(planAt(START + DAY, one)).toMatchObject({ plan: expected[status], stripeStatus: status });
  });
});

test("a subscription to something else gives nothing, and its status is not shown", () => {
  expect(planAt(START + DAY, facts({ counts: false }))).toMatchObject({ plan: "free", stripeStatus: "none" });
});

describe("a trial", () => {
  const end = START + 5 * DAY;
  test("lasts to the last millisecond and says when it ends", () => {
    expect(planAt(end - 1, trial())).toMatchObject({ plan: "trial", expiry: end, trialEndsAt: end });
  });
  test("outlives its end for 60 minutes only while nobody asked Stripe since", () => {
    expect(planAt(end, trial()).plan).toBe("trial");
    expect(planAt(end + 60 * MINUTE - 1, trial()).plan).toBe("trial");
    expect(planAt(end + 60 * MINUTE, trial())).toMatchObject({
      plan: "free",
      expiry: null,
      trialEndsAt: null,
    });
  });
  test("is asked about on after its grace: Stripe's return is enough to mend it", () => {
    expect(planAt(end + DAY, trial()).checkAt).not.toBeNull();
    expect(planAt(end + DAY, trial({ status: "canceled" })).checkAt).toBeNull();
  });
  test("stands when Stripe, asked after its end, still says trialing; Stripe is asked again a minute later", () => {
    const asked = trial({ observedAt: end });
    expect(planAt(end + 10 * DAY, asked)).toMatchObject({ plan: "trial", checkAt: end + MINUTE });
  });
  test("without a trial end of its own ends with the period", () => {
    expect(planAt(START, trial({ trialEnd: null })).expiry).toBe(end);
  });
});

describe("a paid period", () => {
  test("outlives its end for 48 hours only while nobody asked Stripe since", () => {
    expect(planAt(END - 1, facts())).toMatchObject({ plan: "paid", expiry: END, trialEndsAt: null });
    expect(planAt(END + 2 * DAY - 1, facts()).plan).toBe("paid");
    expect(planAt(END + 2 * DAY, facts())).toMatchObject({ plan: "free", expiry: null });
  });
  test("stands when Stripe, asked after its end, still says active", () => {
    expect(planAt(END + 90 * DAY, facts({ observedAt: END + 1 })).plan).toBe("paid");
  });
});

describe("past due", () => {
  const owed = START + 31 * DAY;
  const overdue = facts({ status: "past_due", openInvoiceAt: owed, periodStart: END });
  test("keeps access for 7 days from the creation of the oldest open invoice, to the millisecond", () => {
    expect(planAt(owed + 7 * DAY - 1, overdue)).toMatchObject({ plan: "paid", expiry: owed + 7 * DAY });
    expect(planAt(owed + 7 * DAY, overdue)).toMatchObject({ plan: "free", stripeStatus: "past_due" });
  });
  test("gives nothing to who never paid", () => {
    expect(planAt(owed, { ...overdue, everPaid: false }).plan).toBe("free");
  });
  test("counts from the period's start while the open invoice is not known", () => {
    const unknown = { ...overdue, openInvoiceAt: null };
    expect(planAt(END, unknown).expiry).toBe(END + 7 * DAY);
    expect(planAt(END, { ...unknown, periodStart: null }).plan).toBe("free");
  });
  test("is not prolonged by asking Stripe after the grace", () => {
    expect(planAt(owed + 8 * DAY, { ...overdue, observedAt: owed + 8 * DAY }).plan).toBe("free");
  });
});

describe("a status nobody knows", () => {
  const odd = facts({ status: "hibernating", knownStatus: "active" });
  test("keeps what was granted until the period ends, without any grace", () => {
    expect(planAt(END - 1, odd)).toMatchObject({ plan: "paid", expiry: END, stripeStatus: "hibernating" });
    expect(planAt(END, odd).plan).toBe("free");
  });
  test("is not believed after the end, even when it was observed after it", () => {
    expect(planAt(END, { ...odd, observedAt: END + DAY }).plan).toBe("free");
  });
  test("grants nothing that was not granted before", () => {
    expect(planAt(START, { ...odd, knownStatus: null }).plan).toBe("free");
    expect(planAt(START, { ...odd, knownStatus: "canceled" }).plan).toBe("free");
  });
});

describe("a scheduled cancel", () => {
  test("leaves the plan alone and is shown, whichever of the two fields says it", () => {
    expect(planAt(START, facts({ cancelAtPeriodEnd: true, cancelAt: END }))).toMatchObject({
      plan: "paid",
      cancelAt: END,
    });
    expect(planAt(START, facts({ cancelAt: START + DAY })).cancelAt).toBe(START + DAY);
    expect(planAt(START, facts({ cancelAtPeriodEnd: true })).cancelAt).toBe(END);
  });
  test("is not shown once it has happened", () => {
    expect(planAt(END, facts({ status: "canceled", cancelAt: END })).cancelAt).toBeNull();
  });
  test("makes Stripe be asked at the earlier of cancel and period end", () => {
    expect(planAt(START, facts({ cancelAt: START + DAY })).checkAt).toBe(START + DAY);
    expect(planAt(START, facts({ cancelAt: END + DAY })).checkAt).toBe(END);
  });
  test("far ahead does not stop Stripe from being asked each minute after the period's end", () => {
    const late = facts({ cancelAt: END + 60 * DAY, observedAt: END + DAY });
    expect(planAt(END + DAY, late).checkAt).toBe(END + DAY + MINUTE);
  });
});

describe("of several subscriptions", () => {
  test("the best for the user counts", () => {
    const ended = facts({ id: "sub_a", status: "canceled", createdAt: END });
    const other = trial({ id: "sub_b" });
    expect(planAt(START, ended, other, facts({ id: "sub_c" }))).toMatchObject({
      plan: "paid",
      subscriptionId: "sub_c",
    });
    expect(planAt(START, ended, other)).toMatchObject({ plan: "trial", subscriptionId: "sub_b" });
  });
  test("one that is in trouble speaks before one that is over", () => {
    const over = facts({ id: "sub_a", status: "canceled", createdAt: END });
    expect(planAt(START, over, facts({ id: "sub_b", status: "unpaid" })).stripeStatus).toBe("unpaid");
  });
  test("the longer of two paid ones speaks, and Stripe is asked when the first of them ends", () => {
    const short = facts({ id: "sub_a", periodEnd: START + DAY });
    expect(planAt(START, short, facts({ id: "sub_b" }))).toMatchObject({
      subscriptionId: "sub_b",
      expiry: END,
      checkAt: START + DAY,
    });
  });
});

const time = fc.integer({ min: -60, max: 60 }).map((days) => START + days * DAY);
const maybe = fc.option(time, { nil: null });
const anyFacts: fc.Arbitrary<SubscriptionFacts> = fc.record({
  id: fc.constantFrom("sub_1", "sub_2", "sub_3", "sub_4", "sub_5"),
  status: fc.constantFrom<string>(...STRIPE_STATUSES, "hibernating"),
  knownStatus: fc.option(fc.constantFrom(...STRIPE_STATUSES), { nil: null }),
  counts: fc.boolean(),
  createdAt: time,
  periodStart: maybe,
  periodEnd: time,
  trialEnd: maybe,
  cancelAt: maybe,
  cancelAtPeriodEnd: fc.boolean(),
  everPaid: fc.boolean(),
  openInvoiceAt: maybe,
  observedAt: time,
});
const several = fc.uniqueArray(anyFacts, { selector: (one) => one.id, maxLength: 5 });
const RANK = { free: 0, trial: 1, paid: 2 };

describe("whatever Stripe said", () => {
  test("the order in which it is stored never matters", () => {
    fc.assert(
      fc.property(several, time, fc.infiniteStream(fc.nat()), (all, now, keys) => {
        const shuffled = all
          .map((one) => ({ one, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(derivePlan(shuffled, now, GRACE)).toEqual(derivePlan(all, now, GRACE));
      }),
    );
  });
  test("there is no expiry exactly while free, and a trial's end exactly while on trial", () => {
    fc.assert(
      fc.property(several, time, (all, now) => {
        const { plan, expiry, trialEndsAt } = derivePlan(all, now, GRACE);
        expect(expiry === null).toBe(plan === "free");
        expect(trialEndsAt === null).toBe(plan !== "trial");
      }),
    );
  });
  test("the plan is exactly that of the best single subscription", () => {
    fc.assert(
      fc.property(several, time, (all, now) => {
        const single = all.map((one) => RANK[derivePlan([one], now, GRACE).plan]);
        expect(RANK[derivePlan(all, now, GRACE).plan]).toBe(Math.max(0, ...single));
      }),
    );
  });
  test("a grace is only ever given to who was not observed after the end", () => {
    fc.assert(
      fc.property(anyFacts, time, (one, now) => {
        const { plan, expiry } = derivePlan([one], now, GRACE);
        if (plan === "free" || expiry === null || now < expiry) return;
        expect(["trialing", "active"]).toContain(one.status);
        const most = plan === "trial" ? GRACE.trialVerifyMs : GRACE.periodVerifyMs;
        if (one.observedAt < expiry) expect(now - expiry).toBeLessThan(most);
      }),
    );
  });
  test("whoever is premium has a moment at which Stripe is asked again, after the last time it was", () => {
    fc.assert(
      fc.property(anyFacts, time, (one, now) => {
        const { plan, checkAt } = derivePlan([one], now, GRACE);
        if (plan === "free") return;
        expect(checkAt).not.toBeNull();
        expect(checkAt ?? 0).toBeGreaterThan(one.observedAt);
      }),
    );
  });
  test("access that ended does not come back by itself", () => {
    fc.assert(
      fc.property(several, time, fc.nat({ max: 100 * DAY }), (all, now, later) => {
        if (derivePlan(all, now, GRACE).plan !== "free") return;
        expect(derivePlan(all, now + later, GRACE).plan).toBe("free");
      }),
    );
  });
});
