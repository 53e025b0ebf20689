import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addUp, type SuiteResult, suiteTable, totalLine } from "./suite-result.ts";

/** Prints the table and the total, keeps them under `.artifacts`, and sets the exit code. */
export function conclude(root: string, runner: string, results: SuiteResult[]): void {
  const folder = join(root, ".artifacts", "tests");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, `${runner}-total.json`),
    JSON.stringify({ ...addUp(results), suites: results }, null, 2),
  );
  console.log(`\n${suiteTable(results)}\n\n${totalLine(results)}`);
  const { passed, failed } = addUp(results);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
