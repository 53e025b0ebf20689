import { expect, it } from "vitest";
import { knownNow } from "./known-now.ts";

const AT = "2026-11-24T12:00:00.000Z";

it("is never earlier than the moment at which the server last asked", () => {
  expect(knownNow(Date.parse(AT) - 1, AT)).toBe(Date.parse(AT));
});

it("is the device's clock as it goes on, and while nothing was asked yet", () => {
  expect(knownNow(Date.parse(AT) + 1, AT)).toBe(Date.parse(AT) + 1);
  expect(knownNow(7, null)).toBe(7);
  expect(knownNow(7, undefined)).toBe(7);
});
