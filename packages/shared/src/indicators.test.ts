import { describe, expect, test } from "vitest";
import { aiErrors, type MinuteOfOutcomes, shareOf, webhookFailures } from "./indicators.ts";

const M = 60_000;
const at = (minute: number, outcome: string, n = 1): MinuteOfOutcomes => ({ minute: minute * M, outcome, n });

describe("a share", () => {
  test("is unknown of nothing, 0 of too few, and told exactly from then on", () => {
    expect(shareOf(0, 0, 3)).toBeNull();
    expect(shareOf(2, 2, 3)).toBe(0);
    expect(shareOf(3, 3, 3)).toBe(1);
    expect(shareOf(3, 12, 3)).toBe(0.25);
  });
});

describe("webhook failures", () => {
  test.for<{ what: string; minutes: MinuteOfOutcomes[]; share: number | null }>([
    { what: "nothing came", minutes: [], share: null },
    { what: "all was taken", minutes: [at(1, "stored", 5), at(2, "skipped"), at(3, "ignored")], share: 0 },
    { what: "one among three at night", minutes: [at(1, "stored", 2), at(2, "failed")], share: 0 },
    { what: "three of 1,000 not stored", minutes: [at(1, "stored", 997), at(2, "failed", 3)], share: 0.003 },
    {
      what: "not stored, long before others were",
      minutes: [at(1, "failed", 3), at(9, "stored", 3)],
      share: 0.5,
    },
    { what: "signed, and no events", minutes: [at(1, "invalid", 3)], share: 1 },
    { what: "a wrong secret, few deliveries", minutes: [at(1, "invalid_signature", 3)], share: 1 },
    {
      what: "a secret that became wrong after a busy time",
      minutes: [at(1, "stored", 97), at(2, "invalid_signature", 3)],
      share: 0.03,
    },
    {
      what: "forgeries between real deliveries",
      minutes: [at(1, "stored"), at(2, "invalid_signature", 900), at(3, "stored")],
      share: 0,
    },
    {
      what: "forgeries in the minute of a real one",
      minutes: [at(2, "invalid_signature", 9), at(2, "skipped")],
      share: 0,
    },
    { what: "an endpoint that is gone", minutes: [at(1, "stored", 9), at(5, "missed", 3)], share: 0.25 },
    {
      what: "missed while we were down, back again",
      minutes: [at(5, "missed", 8), at(6, "stored")],
      share: 0,
    },
    { what: "noise", minutes: [at(1, "unsigned", 1_000)], share: null },
  ])("$what", ({ minutes, share }) => {
    expect(webhookFailures(minutes)).toBe(share);
    expect(webhookFailures(minutes.toReversed())).toBe(share);
  });
});

describe("errors of the assistant", () => {
  test("are the provider's: not what it refuses to say, not what somebody stops, not ours", () => {
    const fine = { failure: "none", n: 6 };
    expect(aiErrors([])).toBeNull();
    expect(aiErrors([fine, { failure: "refused", n: 50 }])).toBe(0);
    expect(aiErrors([fine, { failure: "away", n: 2 }])).toBe(0);
    expect(aiErrors([fine, { failure: "away", n: 2 }, { failure: "misconfigured", n: 2 }])).toBe(0.4);
    expect(aiErrors([{ failure: "busy", n: 3 }])).toBe(1);
  });
});
