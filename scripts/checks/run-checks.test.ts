import { expect, test } from "vitest";
import { plantRepository } from "../testing/plant-repository.ts";
import { runChecks } from "./run-checks.ts";
import { runTool } from "./run-tool.ts";

test("a check that throws is a failed check", async () => {
  const checks = [{ name: "broken", run: () => Promise.reject(new Error("no such folder")) }];
  expect((await runChecks(".", checks)).map(({ problems }) => problems)).toEqual([["Error: no such folder"]]);
});

test("a tool that is not there, or fails without a word, is a failed check", async () => {
  expect((await runTool(plantRepository({}), "biome", [])).problems[0]).toContain("ENOENT");
});

test("each result is told as soon as it is there", async () => {
  const told: string[] = [];
  const run = async () => ({ problems: [], notes: [] });
  await runChecks(
    ".",
    [
      { name: "a", run },
      { name: "b", run },
    ],
    ({ name }) => told.push(name),
  );
  expect(told).toEqual(["a", "b"]);
});
