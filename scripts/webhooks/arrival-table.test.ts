import { expect, test } from "vitest";
import { arrivalTable, readTriggers } from "./arrival-table.ts";

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
