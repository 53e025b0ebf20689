import { expect, it } from "vitest";
import { backoffMs, reconnectDelayMs } from "./backoff.ts";

it("doubles from one second up to the longest wait", () => {
  expect([0, 1, 2, 3, 4, 5].map((attempt) => backoffMs(attempt, 10_000))).toEqual([
    1000, 2000, 4000, 8000, 10_000, 10_000,
  ]);
});

it("spreads reconnects over five seconds, even the first", () => {
  expect(reconnectDelayMs(0, 0)).toBe(0);
  expect(reconnectDelayMs(0, 0.999)).toBeGreaterThan(4900);
  expect(reconnectDelayMs(3, 0)).toBe(4000);
  expect(reconnectDelayMs(50, 0.999)).toBeLessThan(20_001);
});

it("lets a thousand pages come back evenly over five seconds after a restart", () => {
  const perSecond = [0, 0, 0, 0, 0];
  let seed = 7;
  const draw = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  for (let page = 0; page < 1_000; page++) {
    const second = Math.floor(reconnectDelayMs(0, draw()) / 1_000);
    perSecond[second] = (perSecond[second] ?? 0) + 1;
  }
  expect(perSecond).toHaveLength(5);
  for (const pages of perSecond) expect(Math.abs(pages - 200)).toBeLessThan(60);
});
