import { CHECKS } from "../checks/all.ts";
import { runChecks } from "../checks/run-checks.ts";
import type { SuiteResult } from "./suite-result.ts";

/** Runs the checks of `npm run verify`; each counts as one test. */
export async function runVerify(root: string): Promise<SuiteResult> {
  const started = Date.now();
  const results = await runChecks(root, CHECKS);
  const broken = results.filter(({ problems }) => problems.length > 0);
  for (const { name, problems } of broken) console.error(`✗ ${name}\n${problems.join("\n")}\n`);
  const passed = results.length - broken.length;
  return {
    name: "verify",
    passed,
    failed: broken.length,
    skipped: 0,
    seconds: (Date.now() - started) / 1000,
  };
}
