import { expect, test } from "vitest";
import { arrivalTable, isComplete, notByCli, readTriggers } from "./arrival-table.ts";

test("a table says how each event was made, how often it came, and what is missing", () => {
  const triggers = readTriggers("invoice.paid\tok\ncharge.refunded\tno such URL\n");
  const arrivals = [{ type: "invoice.paid", n: 2, outcomes: "dead, processed" }];
  const table = arrivalTable(["invoice.paid", "charge.refunded", "customer.deleted"], { triggers, arrivals });
  expect(table.split("\n")).toEqual([
    "         event             made by         arrived  became",
    "ok       invoice.paid      stripe trigger  2        dead, processed",
    "MISSING  charge.refunded   trigger failed  0",
    "MISSING  customer.deleted  not by the CLI  0",
    "",
    "stripe trigger could not make:",
    "  charge.refunded: no such URL",
  ]);
});

test("what the CLI does not know is made by the emulator, and what it failed at counts as missing", () => {
  const types = ["invoice.paid", "customer.subscription.resumed", "customer.deleted"];
  const triggers = readTriggers(
    "invoice.paid\tno such URL\ncustomer.subscription.resumed\tunknown\ncustomer.deleted\tok\n",
  );
  expect(notByCli(types, triggers)).toEqual(["customer.subscription.resumed"]);
  const arrivals = types.map((type) => ({ type, n: 1, outcomes: "dead" }));
  expect(arrivalTable(types, { triggers, arrivals }).split("\n").slice(1, 4)).toEqual([
    "MISSING  invoice.paid                   trigger failed  1        dead",
    "ok       customer.subscription.resumed  not by the CLI  1        dead",
    "ok       customer.deleted               stripe trigger  1        dead",
  ]);
  expect(isComplete(types, { triggers, arrivals })).toBe(false);
  expect(isComplete(types, { triggers: triggers.slice(1), arrivals })).toBe(true);
  expect(isComplete(types, { triggers: triggers.slice(1), arrivals: arrivals.slice(1) })).toBe(false);
});
