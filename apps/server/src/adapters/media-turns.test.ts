import { expect, test } from "vitest";
import { takeTurns, takeTurnsEach } from "./media-turns.ts";

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

test("each key has a line of its own: one's second waits for one's first, and nobody else does", async () => {
  const inTurnOf = takeTurnsEach();
  const began: string[] = [];
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const long = inTurnOf("flood", async () => {
    began.push("flood 1");
    await over;
    throw new Error("a bomb");
  });
  const second = inTurnOf("flood", async () => void began.push("flood 2"));
  await inTurnOf("somebody", async () => void began.push("somebody"));
  expect(began).toEqual(["flood 1", "somebody"]);
  end();
  await expect(long).rejects.toThrow("a bomb");
  await second;
  expect(began).toEqual(["flood 1", "somebody", "flood 2"]);
});
