import { expect, it } from "vitest";
import type { Withdrawal } from "../subscription/types.ts";
import { lastDayOf } from "../subscription/withdrawal-days.ts";
import { stepOf } from "./step.ts";

const UNTIL = "2026-12-05T23:00:00.000Z";
const possible: Withdrawal = {
  state: "possible",
  contract: {
    id: "sub_1",
    service: "LiveAssist Permission",
    concluded_at: "2026-11-21T10:00:00.000Z",
    until: UNTIL,
  },
  received_at: null,
  refund: null,
  name: "Anna",
  email: "anna@example.com",
};
const statement = { name: "Anna", email: "anna@example.com" };

it("asks for the statement first, and shows it before it is sent", () => {
  expect(stepOf(possible, null)).toEqual({ kind: "statement" });
  expect(stepOf(possible, statement)).toEqual({ kind: "confirm", statement });
});

it("believes the server about what was received, and about what is too late, whatever was typed", () => {
  expect(stepOf({ ...possible, state: "received" }, statement).kind).toBe("received");
  expect(stepOf({ ...possible, state: "over" }, statement)).toEqual({ kind: "over", until: UNTIL });
  expect(stepOf({ ...possible, state: "none", contract: null }, statement).kind).toBe("none");
});

it("names the last day one may withdraw on, not the midnight after it", () => {
  const inStockholm = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm" });
  expect(inStockholm.format(new Date(lastDayOf(UNTIL)))).toBe("2026-12-05");
});
