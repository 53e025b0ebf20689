import { expect, it } from "vitest";
import { type BannerFacts, bannerOf } from "./banner.ts";
import type { Standing } from "./standing.ts";
import type { Withdrawal } from "./types.ts";

const END = "2026-11-27T12:00:00.000Z";
const DAY = 86_400_000;
const facts: BannerFacts = {
  standing: { kind: "free" },
  withdrawal: undefined,
  now: Date.parse(END) - 4 * DAY,
  dismissed: null,
};
const trial: Standing = { kind: "trial", until: END, charge: { at: END, ore: 3900 } };
const at = (daysBefore: number, more: Partial<BannerFacts> = {}) =>
  bannerOf({ ...facts, standing: trial, now: Date.parse(END) - daysBefore * DAY, ...more });
const withdrawn = (state: "none" | "pending" | "done"): Withdrawal => ({
  state: "received",
  contract: null,
  received_at: END,
  refund: { amount_ore: 3900, currency: "sek", state },
  name: "Anna",
  email: "anna@example.com",
});

it("keeps quiet while nothing matters, and before anything is known", () => {
  expect(bannerOf(facts)).toBeNull();
  expect(bannerOf({ ...facts, standing: null })).toBeNull();
  expect(bannerOf({ ...facts, standing: { kind: "active", charge: null } })).toBeNull();
});

it("says that a payment failed, with the end of the grace", () => {
  const standing: Standing = { kind: "past-due", until: END, ending: false };
  expect(bannerOf({ ...facts, standing })).toEqual(standing);
});

it("reminds of a trial's end during its last three days, not before and not after", () => {
  expect(at(3.01)).toBeNull();
  expect(at(3)).toMatchObject({ kind: "trial-ends", until: END, charge: { ore: 3900 } });
  expect(at(0.01)?.kind).toBe("trial-ends");
  expect(at(0)).toBeNull();
});

it("does not remind of a trial that is cancelled, or whose notice was put away; of the next trial it does", () => {
  expect(at(2, { standing: { kind: "trial-ending", until: END } })).toBeNull();
  expect(at(2, { dismissed: END })).toBeNull();
  expect(at(2, { dismissed: "2025-01-01T00:00:00.000Z" })?.kind).toBe("trial-ends");
});

it("says that money is on its way back until it is, before anything else", () => {
  const owing: Standing = { kind: "unpaid" };
  expect(bannerOf({ ...facts, standing: owing, withdrawal: withdrawn("pending") })).toEqual({
    kind: "refund",
    amountOre: 3900,
    currency: "sek",
  });
  expect(bannerOf({ ...facts, withdrawal: withdrawn("done") })).toBeNull();
  expect(bannerOf({ ...facts, withdrawal: withdrawn("none") })).toBeNull();
});
