import { fileURLToPath } from "node:url";
import { CHECKS } from "./checks/all.ts";
import { type CheckResult, runChecks } from "./checks/run-checks.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const started = Date.now();
const results = await runChecks(root, CHECKS, printResult);
const failed = results.filter(({ problems }) => problems.length > 0).length;
console.log(
  `verify: ${results.length - failed} of ${results.length} checks passed in ${seconds(Date.now() - started)}`,
);
process.exitCode = failed > 0 ? 1 : 0;

function printResult({ name, problems, notes, ms }: CheckResult): void {
  console.log(`${problems.length > 0 ? "✗" : "✓"} ${name.padEnd(18)} ${seconds(ms)}`);
  for (const note of notes) console.log(`    ${note}`);
  for (const problem of problems) console.error(problem.replace(/^/gm, "    "));
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
