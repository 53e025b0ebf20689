import { expect, it } from "vitest";
import { expandablePaths } from "./expandable-paths.ts";
import { named } from "./resolve-type.ts";

it("what can be expanded is known from the types: ids, empty or not, and lists that are not there", () => {
  const refund = { object: "refund", id: "re_1", charge: "ch_1", payment_intent: null, reason: null };
  expect(expandablePaths(refund, named("resources/Refunds.js", "Refund"))).toEqual([
    { path: "charge", name: "refund.charge", filled: true },
    { path: "payment_intent", name: "refund.payment_intent", filled: false },
  ]);
  const charge = { object: "charge", id: "ch_1" };
  expect(expandablePaths(charge, named("resources/Charges.js", "Charge"))).toEqual([
    { path: "refunds", name: "charge.refunds", filled: false },
  ]);
});
