import type { Check, CheckReport } from "./check.ts";

/** A check's report with its name and how long it took. */
export interface CheckResult extends CheckReport {
  name: string;
  ms: number;
}

/** Runs checks one after another; a check that throws is a failed check, never a passed one. */
export async function runChecks(
  root: string,
  checks: Check[],
  told: (result: CheckResult) => void = () => {},
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { name, run } of checks) {
    const started = Date.now();
    const report = await run(root).catch((error: unknown) => ({ problems: [String(error)], notes: [] }));
    const result = { name, ms: Date.now() - started, ...report };
    results.push(result);
    told(result);
  }
  return results;
}
