import { expect, test } from "vitest";
import { taken, unseen, watchFrom } from "./late-ids.ts";

test("what was there at the start is not news, what appears above it is, once", () => {
  let watched = watchFrom(10, [11, 12], 0);
  expect(unseen(watched, [11, 12, 13])).toEqual([13]);
  watched = taken(watched, [13], 1);
  expect(unseen(watched, [11, 12, 13])).toEqual([]);
});

test("a lower id that commits later is news until 10 s after a higher one was seen", () => {
  let watched = taken(watchFrom(0, [], 0), [3], 1_000);
  expect(unseen(watched, [2, 3])).toEqual([2]);
  watched = taken(watched, [], 10_999);
  expect(watched.floor).toBe(0);
  expect(unseen(watched, [2, 3])).toEqual([2]);
  watched = taken(watched, [2], 11_000);
  expect(watched.floor).toBe(3);
  expect(unseen(watched, [1, 2, 3])).toEqual([]);
});

test("the floor forgets what lies below it, and only that", () => {
  let watched = taken(watchFrom(0, [1, 2], 0), [5], 9_000);
  watched = taken(watched, [6], 10_000);
  expect(watched.floor).toBe(2);
  expect([...watched.seen.keys()]).toEqual([5, 6]);
  expect(taken(watched, [], 20_000)).toEqual({ floor: 6, seen: new Map() });
});
