import { expect, test } from "vitest";
import { relativeTime } from "./time-words.ts";

test("what was and what will be is told in the largest unit that is whole", () => {
  expect([-400, -42_000, -119_000, -7_200_000, -3 * 86_400_000, 90_000].map(relativeTime)).toEqual([
    "now",
    "42s ago",
    "1m ago",
    "2h ago",
    "3d ago",
    "in 1m",
  ]);
});
