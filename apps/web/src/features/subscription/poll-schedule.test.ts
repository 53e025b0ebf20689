import { expect, it } from "vitest";
import { pollDelayMs } from "./poll-schedule.ts";

it("asks at 1, 2, 4 … seconds, then every half minute, then gives up", () => {
  const delays = Array.from({ length: 30 }, (_, tries) => pollDelayMs(tries));
  expect(delays.slice(0, 7)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  expect(delays.at(-1)).toBeNull();
  const total = delays.reduce<number>((sum, delay) => sum + (delay ?? 0), 0);
  expect(total).toBeLessThan(15 * 60_000);
});
