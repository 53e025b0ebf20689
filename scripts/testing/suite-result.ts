/** What one suite came to. `trouble` says what went wrong outside of any test; it is counted in `failed`. */
export interface SuiteResult {
  name: string;
  passed: number;
  failed: number;
  skipped: number;
  seconds: number;
  trouble?: string;
}

/** Adds suites up. */
export function addUp(results: SuiteResult[]): { passed: number; failed: number; skipped: number } {
  const sum = (count: "passed" | "failed" | "skipped"): number =>
    results.reduce((total, result) => total + result[count], 0);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}

/** The line that ends every runner's output: `N passed, N failed`, and `, N skipped` if any. */
export function totalLine(results: SuiteResult[]): string {
  const { passed, failed, skipped } = addUp(results);
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** A table with one line for each suite: passed, failed, skipped, seconds. */
export function suiteTable(results: SuiteResult[]): string {
  const rows = results.map(({ name, passed, failed, skipped, seconds, trouble }) => {
    const counts = [passed, failed, skipped].map((count) => String(count).padStart(8)).join("");
    return `${name.padEnd(20)}${counts}${seconds.toFixed(1).padStart(9)}${trouble ? `  ${trouble}` : ""}`;
  });
  return [`${"suite".padEnd(20)}  passed  failed skipped  seconds`, ...rows].join("\n");
}
