import type { Check, CheckReport } from "./check.ts";

/** A check's report with its name and how long it took. */
export interface CheckResult extends CheckReport {
  name: string;
  ms: number;
}

/** Runs checks, two at a time; a check that throws is a failed check, never a passed one. Results keep the given order. */
export async function runChecks(
  root: string,
  checks: Check[],
  told: (result: CheckResult) => void = () => {},
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  const waiting = [...checks.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, { name, run }] = next;
      const started = Date.now();
      const report = await run(root).catch((error: unknown) => ({ problems: [String(error)], notes: [] }));
      const result = { name, ms: Date.now() - started, ...report };
      results[index] = result;
      told(result);
    }
  };
  await Promise.all([work(), work()]);
  return results;
}
