import { expect, it } from "vitest";
import { planWords } from "./plan-words.ts";

const date = (iso: string) => iso.slice(0, 10);
const NOTHING = {
  subscription_status: "free",
  subscription_expiry: null,
  cancel_at: null,
  deleted_at: null,
} as const;
const UNTIL = { subscription_expiry: "2026-12-20T10:00:00.000Z" };
const ENDING = { cancel_at: "2026-12-20T10:00:00.000Z" };

it.each([
  [NOTHING, "Free"],
  [{ ...NOTHING, ...UNTIL, subscription_status: "paid" as const }, "Premium, paid until 2026-12-20"],
  [
    { ...NOTHING, ...UNTIL, ...ENDING, subscription_status: "paid" as const },
    "Premium until 2026-12-20, then Free",
  ],
  [{ ...NOTHING, ...UNTIL, subscription_status: "trial" as const }, "Trial until 2026-12-20"],
  [{ ...NOTHING, ...ENDING, subscription_status: "trial" as const }, "Trial until 2026-12-20, then Free"],
  [{ ...NOTHING, subscription_status: "paid" as const }, "Premium"],
  [{ ...NOTHING, deleted_at: "2026-11-21T10:00:00.000Z" }, "Account deleted on 2026-11-21"],
])("says what somebody has: %o", (facts, words) => {
  expect(planWords(facts, { date })).toBe(words);
});
