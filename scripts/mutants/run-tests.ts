import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../testing/run-command.ts";
import type { FailureReport } from "./failure-report.ts";

const REPORTER = join(import.meta.dirname, "failure-reporter.ts");

export interface Wanted {
  /** Empty: all projects. */
  projects: string[];
  /** Empty: all files of the projects. */
  files: string[];
  limitSeconds: number;
  workers: number;
}

/** Runs tests of a scratch copy. A run that did not come to its end has no failures, only something broken. */
export async function runTests(root: string, wanted: Wanted): Promise<FailureReport> {
  const folder = join(root, ".artifacts", "mutants");
  mkdirSync(folder, { recursive: true });
  const report = join(folder, "failures.json");
  rmSync(report, { force: true });
  const projects = [...new Set(wanted.projects)].map((name) => `--project=${name}`);
  const options = [...projects, `--maxWorkers=${wanted.workers}`, `--reporter=${REPORTER}`];
  const vitest = join(root, "node_modules", ".bin", "vitest");
  const files = [...new Set(wanted.files)];
  const { code, output } = await runCommand(vitest, ["run", ...options, ...files], {
    cwd: root,
    limitSeconds: wanted.limitSeconds,
    environment: { MUTANT_REPORT: report, NO_COLOR: "1", FORCE_COLOR: "0" },
  });
  if (existsSync(report) && code !== null) return JSON.parse(readFileSync(report, "utf8")) as FailureReport;
  const reason = code === null ? `not done after ${wanted.limitSeconds} s` : `vitest ended with ${code}`;
  return { ran: 0, failures: [], broken: [`${reason}: ${output.trim().slice(-500)}`] };
}
