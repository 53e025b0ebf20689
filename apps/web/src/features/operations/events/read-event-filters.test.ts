import { expect, it } from "vitest";
import { readEventFilters } from "./read-event-filters.ts";

it("asks for what the address says", () => {
  const told = { type: "invoice.paid", state: "dead", user: "u1", customer: "cus_1" };
  expect(readEventFilters(told)).toEqual({
    type: "invoice.paid",
    outcome: "dead",
    userId: "u1",
    customerId: "cus_1",
  });
  const times = { from: "2026-11-21T10:00:00.000Z", to: "2026-11-21T12:00:00+01:00" };
  expect(readEventFilters(times)).toEqual({
    from: "2026-11-21T10:00:00.000Z",
    to: "2026-11-21T11:00:00.000Z",
  });
});

it("leaves out what nobody can understand", () => {
  expect(readEventFilters({ state: "toast", from: "yesterday", to: "" })).toEqual({});
});
