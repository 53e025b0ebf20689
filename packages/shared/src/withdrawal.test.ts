import { describe, expect, test } from "vitest";
import { type Contract, withdrawalEnd, withdrawalRight } from "./withdrawal.ts";

const STOCKHOLM = "Europe/Stockholm";
const at = (iso: string): number => Date.parse(iso);
const endOf = (iso: string, zone = STOCKHOLM): string => new Date(withdrawalEnd(at(iso), zone)).toISOString();

describe("the 14 days", () => {
  test("do not count the day of the contract, and the last one is whole", () => {
    expect(endOf("2026-06-01T10:00:00Z")).toBe("2026-06-15T22:00:00.000Z");
    expect(endOf("2026-05-31T22:00:00Z")).toBe("2026-06-15T22:00:00.000Z");
    expect(endOf("2026-06-01T21:59:59.999Z")).toBe("2026-06-15T22:00:00.000Z");
    expect(endOf("2026-06-01T22:00:00Z")).toBe("2026-06-16T22:00:00.000Z");
  });
  test("are 14 days although one of them has 23 or 25 hours", () => {
    expect(endOf("2026-03-20T10:00:00Z")).toBe("2026-04-03T22:00:00.000Z");
    expect(endOf("2026-10-20T10:00:00Z")).toBe("2026-11-03T23:00:00.000Z");
  });
  test("end on the day the clocks change at that day's own midnight", () => {
    expect(endOf("2026-03-15T10:00:00Z")).toBe("2026-03-29T22:00:00.000Z");
    expect(endOf("2026-10-11T10:00:00Z")).toBe("2026-10-25T23:00:00.000Z");
  });
  test("are days of the consumer's own zone", () => {
    expect(endOf("2026-06-01T10:00:00Z", "Pacific/Auckland")).toBe("2026-06-15T12:00:00.000Z");
    expect(endOf("2026-06-01T10:00:00Z", "UTC")).toBe("2026-06-16T00:00:00.000Z");
  });
});

const NOW = at("2026-06-10T12:00:00Z");
const contract = (over: Partial<Contract> = {}): Contract => ({
  id: "sub_1",
  status: "active",
  concludedAt: at("2026-06-05T12:00:00Z"),
  everPaid: true,
  withdrawnAt: null,
  ...over,
});
const right = (...contracts: Contract[]) => withdrawalRight(contracts, { now: NOW, timeZone: STOCKHOLM });
const EARLY = at("2026-01-05T12:00:00Z");

describe("the right to withdraw", () => {
  test("is there for whatever runs and is young, paid or not", () => {
    expect(right(contract())).toMatchObject({ state: "possible", contract: { id: "sub_1" } });
    expect(right(contract({ status: "trialing", everPaid: false })).state).toBe("possible");
    expect(right(contract({ status: "incomplete", everPaid: false })).state).toBe("possible");
  });
  test("ends with its last moment", () => {
    const end = withdrawalEnd(contract().concludedAt, STOCKHOLM);
    const state = (now: number) => withdrawalRight([contract()], { now, timeZone: STOCKHOLM }).state;
    expect(state(end - 1)).toBe("possible");
    expect(state(end)).toBe("over");
  });
  test("outlives a cancel of what was paid, but not of what cost nothing", () => {
    expect(right(contract({ status: "canceled" })).state).toBe("possible");
    expect(right(contract({ status: "canceled", everPaid: false })).state).toBe("none");
    expect(right(contract({ status: "canceled", concludedAt: EARLY })).state).toBe("none");
  });
  test("is used up by a withdrawal, until something new is bought", () => {
    const withdrawn = contract({ status: "canceled", withdrawnAt: NOW });
    expect(right(withdrawn)).toMatchObject({ state: "received", contract: { id: "sub_1" }, covered: [] });
    expect(right(withdrawn, contract({ id: "sub_2" }))).toMatchObject({
      state: "possible",
      contract: { id: "sub_2" },
    });
    expect(right(withdrawn, contract({ id: "sub_2", concludedAt: EARLY })).state).toBe("over");
  });
  test("of a withdrawal that Stripe does not know of yet is received all the same", () => {
    expect(right(contract({ withdrawnAt: NOW })).state).toBe("received");
  });
  test("covers everything at once, so that saying it again finds nothing left", () => {
    const ended = contract({ id: "sub_0", status: "canceled" });
    const { contract: spoken, covered } = right(ended, contract({ id: "sub_2" }));
    expect(spoken?.id).toBe("sub_2");
    expect(covered.map((one) => one.id)).toEqual(["sub_2", "sub_0"]);
  });
  test("is none for who never bought", () => {
    expect(right()).toEqual({ state: "none", contract: null, covered: [] });
  });
});
