import { globSync } from "node:fs";
import { join } from "node:path";
import type { SuiteResult } from "../testing/suite-result.ts";
import { runMutants } from "./run-mutants.ts";

/** The patch files of `test/mutants`, by name. */
export const plantedIn = (root: string): string[] =>
  globSync("test/mutants/*.patch", { cwd: root })
    .sort()
    .map((file) => join(root, file));

/** Plants these patch files as a suite of its own: a mistake caught is a test passed, and no mistake is no success. */
export async function runMutantSuite(root: string, patches: readonly string[]): Promise<SuiteResult> {
  const started = Date.now();
  const counted = await plant(root, patches);
  return { name: "mutants", skipped: 0, ...counted, seconds: (Date.now() - started) / 1000 };
}

async function plant(root: string, patches: readonly string[]) {
  try {
    const outcomes = await runMutants(root, patches, console.log);
    const passed = outcomes.filter(({ verdict }) => verdict.kind === "caught").length;
    const failed = outcomes.length - passed;
    return failed + passed > 0 ? { passed, failed } : { passed, failed: 1, trouble: "no patch was given" };
  } catch (error) {
    const trouble = error instanceof Error ? error.message : String(error);
    console.error(trouble);
    return { passed: 0, failed: 1, trouble: trouble.split("\n")[0] ?? trouble };
  }
}
