import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readVitestReport } from "./read-vitest-report.ts";
import { runCommand } from "./run-command.ts";
import type { SuiteResult } from "./suite-result.ts";

interface Limits {
  seconds: number;
  /** Test files at a time; by default two, one for each core. */
  workers?: number;
}

/** Runs one project of vitest.config.ts; its results and its log lie in `.artifacts/tests`. */
export async function runVitestSuite(root: string, name: string, limits: Limits): Promise<SuiteResult> {
  const folder = join(root, ".artifacts", "tests");
  mkdirSync(folder, { recursive: true });
  const report = join(folder, `${name}.json`);
  // Results of an earlier run must never stand in for a runner that crashed.
  rmSync(report, { force: true });
  const started = Date.now();
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const args = ["run", "--project", name, `--maxWorkers=${limits.workers ?? 2}`, ...reporters];
  const vitest = join(root, "node_modules", ".bin", "vitest");
  const { code, output } = await runCommand(vitest, args, {
    cwd: root,
    limitSeconds: limits.seconds,
    environment: { NO_COLOR: "1", FORCE_COLOR: "0" },
  });
  writeFileSync(join(folder, `${name}.log`), output);
  const counted = readVitestReport(name, existsSync(report) ? readFileSync(report, "utf8") : null, code);
  if (counted.failed > 0) console.error(output);
  return { ...counted, seconds: (Date.now() - started) / 1000 };
}
