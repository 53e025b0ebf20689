import { expect, it } from "vitest";
import { hasExpired, isCardless } from "./card-on-file.ts";
import type { Billing } from "./types.ts";

const card = { brand: "visa", last4: "4242", exp_month: 11, exp_year: 2026 };
const billing: Billing = { available: true, card: null, receipts: [], open_invoice: null };

it("takes a card for good until its last month is over", () => {
  expect(hasExpired(card, Date.UTC(2026, 10, 30, 23, 59))).toBe(false);
  expect(hasExpired(card, Date.UTC(2026, 11, 1))).toBe(true);
  expect(hasExpired({ ...card, exp_month: 12 }, Date.UTC(2027, 0, 1))).toBe(true);
});

it("calls nobody cardless without having asked", () => {
  expect(isCardless(billing)).toBe(true);
  expect(isCardless({ ...billing, card })).toBe(false);
  expect(isCardless({ ...billing, available: false })).toBe(false);
  expect(isCardless(undefined)).toBe(false);
});
