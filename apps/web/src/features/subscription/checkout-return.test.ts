import { expect, it } from "vitest";
import type { Failure } from "../../lib/failure.ts";
import { type ReturnFacts, returnPhase } from "./checkout-return.ts";
import type { Status } from "./types.ts";

const status = (subscription_status: Status["subscription_status"], pending: boolean): Status => ({
  subscription_status,
  stripe_status: "none",
  trial_available: true,
  trial_ends_at: null,
  subscription_expiry: null,
  cancel_at: null,
  next_charge: null,
  usage: { images_used: 0, image_limit: 2, resets_at: "2026-11-23T23:00:00.000Z" },
  pending,
  last_synced_at: null,
  stale: false,
});
const waiting: ReturnFacts = {
  returned: true,
  cancelled: false,
  wasActive: false,
  confirmed: undefined,
  failure: null,
  status: undefined,
  waitedMs: 0,
};
const failure = (kind: Failure["kind"], code: Failure["code"]): Failure => ({
  kind,
  code,
  message: "",
  issues: [],
});
const kind = (facts: Partial<ReturnFacts>) => returnPhase({ ...waiting, ...facts }).kind;

it("believes the server and not the address", () => {
  expect(kind({})).toBe("confirming");
  expect(kind({ status: status("free", false) })).toBe("confirming");
  expect(kind({ confirmed: status("free", false), status: status("free", false) })).toBe("not-found");
  expect(kind({ status: status("paid", false) })).toBe("active");
});

it("says after ten seconds that the payment is received, once the server has said so", () => {
  const pending = { confirmed: status("free", true), status: status("free", true) };
  expect(kind({ ...pending, waitedMs: 9_999 })).toBe("confirming");
  expect(kind({ ...pending, waitedMs: 10_000 })).toBe("finishing");
  expect(kind({ waitedMs: 60_000 })).toBe("confirming");
});

it("tells a lost network from a payment that is not one's own", () => {
  expect(kind({ failure: failure("network", "NETWORK") })).toBe("failed");
  expect(kind({ failure: failure("refused", "NOT_FOUND") })).toBe("not-found");
});

it("is active as soon as any road brings the news, whatever confirm said", () => {
  expect(kind({ failure: failure("network", "NETWORK"), status: status("trial", false) })).toBe("active");
});

it("says no more once it was seen to work, when the plan ends while the page stays open", () => {
  const ended = { confirmed: status("paid", false), status: status("free", false) };
  expect(kind(ended)).toBe("not-found");
  expect(kind({ ...ended, wasActive: true })).toBe("none");
  expect(kind({ ...ended, wasActive: true, status: status("paid", false) })).toBe("active");
});

it("is neutral about coming back without paying", () => {
  expect(kind({ returned: false, cancelled: true })).toBe("cancelled");
  expect(kind({ returned: false })).toBe("none");
});
