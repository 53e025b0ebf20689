import { STRIPE_STATUSES } from "@liveassist/shared/subscription";
import { describe, expect, it } from "vitest";
import { formatsFor } from "../../lib/format.ts";
import { planInWords, type Wording } from "./plan-in-words.ts";
import { mayCancel, mayResume, mayUpgrade, standingOf } from "./standing.ts";
import type { Status } from "./types.ts";

const END = "2026-11-27T12:00:00.000Z";
const NOW = Date.parse("2026-11-23T12:00:00.000Z");
const FREE: Status = {
  subscription_status: "free",
  stripe_status: "none",
  trial_available: true,
  trial_ends_at: null,
  subscription_expiry: null,
  cancel_at: null,
  next_charge: null,
  usage: { images_used: 0, image_limit: 2, resets_at: "2026-11-23T23:00:00.000Z" },
  pending: false,
  last_synced_at: null,
  stale: false,
};
const charge = { at: END, amount_ore: 3900 };
const trial: Status = {
  ...FREE,
  subscription_status: "trial",
  stripe_status: "trialing",
  trial_ends_at: END,
  subscription_expiry: END,
  next_charge: charge,
};
const paid: Status = {
  ...FREE,
  subscription_status: "paid",
  stripe_status: "active",
  subscription_expiry: END,
  next_charge: charge,
};
const WORDING: Wording = {
  formats: formatsFor("en-GB", "Europe/Stockholm"),
  now: NOW,
  currency: "sek",
  owed: null,
  cardless: false,
};
const words = (status: Status, wording: Partial<Wording> = {}) =>
  planInWords(standingOf(status), { ...WORDING, ...wording });

describe("the plan in words", () => {
  it("says a trial's end and what follows", () => {
    expect(words(trial).headline).toBe("Trial, ends 27 Nov 2026, then 39 SEK/month incl. VAT");
    expect(words(trial).left).toBe("4 days left");
  });
  it("writes the amount in the offer's currency, and leaves it out while that is not known", () => {
    expect(words(paid, { currency: "eur" }).headline).toBe("Premium, 39 EUR/month incl. VAT");
    expect(words(paid, { currency: null }).headline).toBe("Premium");
  });
  it("says of a pause what has to come before it can be resumed", () => {
    const paused = { ...FREE, stripe_status: "paused" };
    expect(words(paused).note).toContain("Resume to go on");
    for (const blocked of [{ owed: "39 SEK" }, { cardless: true }]) {
      expect(words(paused, blocked).note).toContain("put the payment right first");
    }
  });
  it("promises no charge to a trial without a card", () => {
    const cardless = words(trial, { cardless: true });
    expect(cardless.headline).toBe("Trial, ends 27 Nov 2026, then Free");
    expect(cardless.note).toContain("nothing is charged");
  });
  it("says the exact date until which a cancelled one stays", () => {
    const ending = words({ ...paid, cancel_at: END, next_charge: null });
    expect(ending.headline).toBe("Premium until 27 Nov 2026, then Free");
    expect(words({ ...trial, cancel_at: END, next_charge: null }).headline).toBe(
      "Trial, ends 27 Nov 2026, then Free",
    );
  });
  it("says until when an overdue payment leaves access, and that it is over afterwards", () => {
    expect(words({ ...paid, stripe_status: "past_due", next_charge: null }).note).toContain("27 Nov 2026");
    expect(words({ ...FREE, stripe_status: "past_due" }).headline).toMatch(/^Free/);
  });
  it("says what could not be taken, and of what has ended that nothing more is", () => {
    const overdue = words({ ...paid, stripe_status: "past_due" }, { owed: "39 SEK" });
    expect(overdue.note).toMatch(/^We could not take 39 SEK/);
    expect(words({ ...FREE, stripe_status: "canceled" }).note).toMatch(/^Nothing more is charged/);
  });
  it("has words for every status there is, and for one there is not yet", () => {
    for (const stripe_status of [...STRIPE_STATUSES, "none", "brand_new"]) {
      for (const known of [FREE, trial, paid]) {
        expect(words({ ...known, stripe_status }).headline).not.toBe("");
      }
    }
  });
});

describe("a withdrawn contract", () => {
  it("is Free at once, and on offer again only when it is over at the payment service, too", () => {
    const away = standingOf({ ...paid }, true);
    expect(away).toEqual({ kind: "withdrawn", over: false });
    expect([mayUpgrade(away), mayCancel(away), mayResume(away)]).toEqual([false, false, false]);
    const done = standingOf({ ...FREE, stripe_status: "canceled" }, true);
    expect(planInWords(done, WORDING).headline).toBe("Free. You have withdrawn from your subscription.");
    expect(mayUpgrade(done)).toBe(true);
  });
});

describe("Upgrade", () => {
  const upgradable = (status: Status) => mayUpgrade(standingOf(status));
  it("is for Free, and for whose subscription is over", () => {
    expect(upgradable(FREE)).toBe(true);
    expect(upgradable({ ...FREE, stripe_status: "canceled" })).toBe(true);
    expect(upgradable({ ...FREE, stripe_status: "incomplete_expired" })).toBe(true);
  });
  it("is never for someone who paid, or whose payment is on its way or overdue", () => {
    expect(upgradable({ ...FREE, pending: true })).toBe(false);
    expect(upgradable(trial)).toBe(false);
    expect(upgradable(paid)).toBe(false);
    for (const stripe_status of ["past_due", "unpaid", "paused", "incomplete", "brand_new"]) {
      expect(upgradable({ ...FREE, stripe_status })).toBe(false);
    }
  });
});

it("offers a cancel only for what would go on by itself", () => {
  expect(mayCancel(standingOf(trial))).toBe(true);
  expect(mayCancel(standingOf(paid))).toBe(true);
  expect(mayCancel(standingOf({ ...paid, cancel_at: END }))).toBe(false);
  expect(mayCancel(standingOf(FREE))).toBe(false);
  expect(mayCancel(standingOf({ ...FREE, stripe_status: "unpaid" }))).toBe(true);
});

it("offers Resume in place of Cancel wherever an end is set, and for a pause", () => {
  const overdue: Status = { ...paid, stripe_status: "past_due", next_charge: null };
  for (const status of [paid, overdue]) {
    const [running, ending] = [standingOf(status), standingOf({ ...status, cancel_at: END })];
    expect([mayCancel(running), mayResume(running)]).toEqual([true, false]);
    expect([mayCancel(ending), mayResume(ending)]).toEqual([false, true]);
  }
  expect(mayResume(standingOf({ ...FREE, stripe_status: "paused" }))).toBe(true);
});
