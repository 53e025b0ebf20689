import { expect, test } from "vitest";
import { howFar } from "./how-far.ts";

const WALK = { walkId: 7, state: "running", seconds: 3.4, causes: {}, open: 0 } as const;

test("the first phase is as far as what it looked at, each later one begins a quarter further", () => {
  const at = (phase: string, listed: number): number =>
    howFar({ ...WALK, phase, counts: { listed } }, 200).part;
  expect([at("stripe", 0), at("stripe", 100), at("stripe", 900)]).toEqual([0, 0.125, 0.25]);
  expect([at("database", 200), at("repair", 200), at("events", 200)]).toEqual([0.25, 0.5, 0.75]);
});

test("words say which walk does what, also when nothing is there yet and the phase is new", () => {
  expect(howFar({ ...WALK, phase: "stripe", counts: {} }, 0)).toEqual({
    part: 0,
    words: "walk 7: comparing with Stripe, 0 looked at, 3 s",
  });
  expect(howFar({ ...WALK, phase: "polishing", counts: {} }, 0).words).toContain("polishing");
});
