import { beforeEach, expect, it, vi } from "vitest";
import { forgetPlace, knownPlace, rememberPlace } from "./checkout-place.ts";

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
  return () => vi.unstubAllGlobals();
});

it("leads back to the chat whoever left for the payment from there, once", () => {
  rememberPlace("/liveassist");
  expect(knownPlace()).toBe("/liveassist");
  forgetPlace();
  expect(knownPlace()).toBeNull();
});

it("leads nobody there who left from elsewhere since", () => {
  rememberPlace("/liveassist");
  rememberPlace("/settings");
  expect(knownPlace()).toBeNull();
});

it("stays where one is in a browser that keeps nothing", () => {
  vi.stubGlobal("sessionStorage", undefined);
  expect(() => rememberPlace("/liveassist")).not.toThrow();
  expect(knownPlace()).toBeNull();
});
