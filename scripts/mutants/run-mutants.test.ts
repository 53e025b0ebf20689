import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ADD, plantWorkspace, writePatch } from "./plant-workspace.ts";
import { outcomeLine, runMutants } from "./run-mutants.ts";

const silent = (): void => {};

test("only a failing assertion catches: no timeout, no crash, nothing that does not compile", async () => {
  const root = plantWorkspace();
  const patches = [
    writePatch(root, "subtracts", { now: ADD.replace("a + b", "a - b") }),
    writePatch(root, "subtracts without saying who knows", {
      now: ADD.replace("a + b", "a - b"),
      bare: true,
    }),
    writePatch(root, "says it differently", { now: ADD.replace("a + b", "b + a") }),
    writePatch(root, "does not compile", { now: ADD.replace("a + b", '"a"') }),
    writePatch(root, "never ends", { now: ADD.replace("return a + b", "return new Promise(() => {})") }),
    writePatch(root, "cannot be loaded", { now: `throw new Error("${"at once"}");\n${ADD}` }),
    writePatch(root, "throws when asked", {
      now: ADD.replace("return", 'if (a) throw new TypeError("no");return'),
    }),
  ];
  const outcomes = await runMutants(root, patches, silent);
  const ends = outcomes.map(({ mutant, verdict }) => [mutant.name, verdict.kind]);
  expect(Object.fromEntries(ends)).toEqual({
    subtracts: "caught",
    "subtracts-without-saying-who-knows.patch": "caught",
    "says it differently": "survived",
    "does not compile": "invalid",
    "never ends": "unproven",
    "cannot be loaded": "unproven",
    "throws when asked": "unproven",
  });
  const lines = outcomes.map(outcomeLine).join("\n");
  expect(lines).toContain('by "twice two is four": expected +0 to be 4');
  expect(lines).toContain("does not compile: packages/sum/src/add.ts: error TS2322");
  expect(lines).toContain("Error: Test timed out in 5000ms");
  expect(readFileSync(join(root, "packages/sum/src/add.ts"), "utf8")).toBe(ADD);
});

test("tests that fail without any mistake prove nothing, and are said", async () => {
  const root = plantWorkspace();
  const patch = writePatch(root, "subtracts", { now: ADD.replace("a + b", "a - b") });
  writeFileSync(join(root, "packages/sum/src/add.ts"), ADD.replace("a + b", "a * a * b"));
  await expect(runMutants(root, [patch], silent)).rejects.toThrow(
    /must pass, and do not:\npackages\/outer\/src\/twice.test.ts: twice two is four: expected 8 to be 4/,
  );
});

test("a patch may name no test that does not exist", async () => {
  const root = plantWorkspace();
  const patch = writePatch(root, "subtracts", { now: ADD.replace("a + b", "a - b") });
  writeFileSync(patch, readFileSync(patch, "utf8").replace("twice.test.ts", "thrice.test.ts"));
  await expect(runMutants(root, [patch], silent)).rejects.toThrow("packages/outer/src/thrice.test.ts");
});
