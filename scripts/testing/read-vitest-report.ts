import type { SuiteResult } from "./suite-result.ts";

interface VitestReport {
  testResults: { name: string; status: string; message?: string; assertionResults: { status: string }[] }[];
}

/**
 * Counts a vitest JSON report. Honest where vitest's own totals are not: a file that could not be loaded, a runner
 * that ended badly without a failed test, and a suite without any test each count as one failure.
 */
export function readVitestReport(
  name: string,
  json: string | null,
  exitCode: number | null,
): Omit<SuiteResult, "seconds"> {
  const report = parse(json);
  if (!report)
    return { name, passed: 0, failed: 1, skipped: 0, trouble: `ended with ${exitCode} and left no results` };
  const statuses = report.testResults.flatMap((file) => file.assertionResults.map(({ status }) => status));
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
  );
  const passed = statuses.filter((status) => status === "passed").length;
  const failed = statuses.filter((status) => status === "failed").length + brokenFiles.length;
  const skipped = statuses.length - passed - statuses.filter((status) => status === "failed").length;
  const first = brokenFiles[0];
  if (first) return { name, passed, failed, skipped, trouble: `${first.name} could not run` };
  if (statuses.length === 0) return { name, passed, failed: 1, skipped, trouble: "ran no test" };
  if (exitCode !== 0 && failed === 0) {
    return { name, passed, failed: 1, skipped, trouble: `ended with ${exitCode} though no test failed` };
  }
  return { name, passed, failed, skipped };
}

function parse(json: string | null): VitestReport | null {
  try {
    const report: VitestReport | null = json === null ? null : JSON.parse(json);
    return Array.isArray(report?.testResults) ? report : null;
  } catch {
    return null;
  }
}
