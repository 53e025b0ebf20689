// npm run mutants [-- patch…]: plants realistic mistakes in a scratch copy; each must be caught by a failing assertion.
// A patch of your own may name its tests in a line before the diff, `tests: <project> <file>…`; else suites are run.
import { globSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { runMutants, toSuiteResult } from "./mutants/run-mutants.ts";
import { conclude } from "./testing/conclude.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
// npm runs scripts in the root of the repository; whoever names a file means it from where they stand.
const stands = process.env.INIT_CWD ?? process.cwd();
const asked = process.argv.slice(2).map((file) => (isAbsolute(file) ? file : resolve(stands, file)));
const planted = globSync("test/mutants/*.patch", { cwd: root })
  .sort()
  .map((file) => join(root, file));

const started = Date.now();
try {
  const outcomes = await runMutants(root, asked.length > 0 ? asked : planted, console.log);
  conclude(root, "mutants", [toSuiteResult(outcomes, (Date.now() - started) / 1000)]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
