import { expect, test } from "vitest";
import { isMassDowngrade } from "./mass-downgrade.ts";

test.for([
  { downgrades: 0, payers: 0, is: false },
  { downgrades: 20, payers: 20, is: false },
  { downgrades: 21, payers: 21, is: true },
  { downgrades: 21, payers: 419, is: true },
  { downgrades: 21, payers: 420, is: false },
  { downgrades: 500, payers: 10_000, is: false },
  { downgrades: 501, payers: 10_000, is: true },
])("$downgrades of $payers payers losing Premium at once: stops $is", ({ downgrades, payers, is }) => {
  expect(isMassDowngrade(downgrades, payers)).toBe(is);
});
