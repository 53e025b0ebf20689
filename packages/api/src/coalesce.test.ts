import { expect, test } from "vitest";
import { createCoalesce } from "./coalesce.ts";

test("whoever asks while the work runs shares its answer; who asks later starts it anew", async () => {
  const coalesce = createCoalesce();
  const { promise, resolve } = Promise.withResolvers<void>();
  let runs = 0;
  const work = async (): Promise<number> => {
    runs += 1;
    await promise;
    return runs;
  };
  const both = [coalesce("a", work), coalesce("a", work)];
  resolve();
  expect(await Promise.all(both)).toEqual([1, 1]);
  expect(await coalesce("a", work)).toBe(2);
});

test("other keys do not wait, and a failure is shared but not remembered", async () => {
  const coalesce = createCoalesce();
  const never = coalesce("slow", () => new Promise<never>(() => {}));
  void never;
  expect(await coalesce("fast", async () => "done")).toBe("done");
  const failing = async (): Promise<string> => {
    throw new Error("away");
  };
  const both = await Promise.allSettled([coalesce("a", failing), coalesce("a", async () => "not run")]);
  expect(both.map((one) => one.status)).toEqual(["rejected", "rejected"]);
  expect(await coalesce("a", async () => "again")).toBe("again");
});
