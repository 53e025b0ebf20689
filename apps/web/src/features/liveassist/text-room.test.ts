import { expect, it } from "vitest";
import { isNearLimit, roomLeft } from "./text-room.ts";

it("counts code points of what is sent, as the server does", () => {
  expect(roomLeft("🌱".repeat(500), 500)).toBe(0);
  expect(roomLeft(`  ${"a".repeat(501)}\n`, 500)).toBe(-1);
});

it("speaks up in the last fifth", () => {
  expect(isNearLimit(101, 500)).toBe(false);
  expect(isNearLimit(100, 500)).toBe(true);
  expect(isNearLimit(-3, 500)).toBe(true);
});
