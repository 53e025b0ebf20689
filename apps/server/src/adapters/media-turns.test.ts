import { expect, test } from "vitest";
import { takeTurns } from "./media-turns.ts";

test("never more run than may, each gets its turn in order, and one that fails frees its place", async () => {
  const inTurn = takeTurns(2);
  let running = 0;
  let most = 0;
  const began: number[] = [];
  const ends: (() => void)[] = [];
  const works = Array.from({ length: 7 }, (_, index) =>
    inTurn(async () => {
      began.push(index);
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => ends.push(resolve));
      running -= 1;
      if (index % 2 === 0) throw new Error(`work ${index}`);
      return index;
    }),
  );
  const settled = Promise.allSettled(works);
  for (let turn = 0; turn < works.length; turn++) {
    await expect.poll(() => ends.length).toBeGreaterThan(turn);
    ends[turn]?.();
  }
  expect((await settled).map(({ status }) => status)).toEqual(
    began.map((index) => (index % 2 === 0 ? "rejected" : "fulfilled")),
  );
  expect(began).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(most).toBe(2);
});
