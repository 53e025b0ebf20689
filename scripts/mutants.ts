// npm run mutants [-- patch…]: plants realistic mistakes in a scratch copy; each must be caught by a failing assertion.
// A patch of your own may name its tests in a line before the diff, `tests: <project> <file>…`; else suites are run.
import { isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { plantedIn, runMutantSuite } from "./mutants/run-mutant-suite.ts";
import { conclude } from "./testing/conclude.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
// npm runs scripts in the root of the repository; whoever names a file means it from where they stand.
const stands = process.env.INIT_CWD ?? process.cwd();
const asked = process.argv.slice(2).map((file) => (isAbsolute(file) ? file : resolve(stands, file)));
conclude(root, "mutants", [await runMutantSuite(root, asked.length > 0 ? asked : plantedIn(root))]);
