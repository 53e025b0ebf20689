// npm test [suite…]: checks and build, then every kind of test, one after another so that none starves another.
import { fileURLToPath } from "node:url";
import { conclude } from "./testing/conclude.ts";
import { runBrowserSuite } from "./testing/run-browser-suite.ts";
import { runVerify } from "./testing/run-verify.ts";
import { runVitestSuite } from "./testing/run-vitest-suite.ts";
import { runWebBuild } from "./testing/run-web-build.ts";
import type { SuiteResult } from "./testing/suite-result.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
/** A suite that takes longer hangs: several times what the slowest takes on a busy machine of two cores. */
const LIMIT_SECONDS = 900;
const vitest = (name: string) => () => runVitestSuite(root, name, { seconds: LIMIT_SECONDS });

// What stands in one line runs side by side.
const steps: Record<string, () => Promise<SuiteResult>>[] = [
  { verify: () => runVerify(root), "web-build": () => runWebBuild(root) },
  { rules: vitest("rules"), web: vitest("web") },
  { emulator: vitest("emulator") },
  { routers: vitest("routers") },
  { flows: vitest("flows") },
  { orders: vitest("orders") },
  { simulation: vitest("simulation") },
  { scripts: vitest("scripts") },
  { browser: () => runBrowserSuite(root, LIMIT_SECONDS) },
];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !steps.some((step) => name in step));
if (unknown.length > 0) {
  const known = steps.flatMap((step) => Object.keys(step)).join(", ");
  console.error(`There is no suite ${unknown.join(", ")}. Choose from ${known}.`);
  process.exit(2);
}

const results: SuiteResult[] = [];
for (const step of steps) {
  const chosen = Object.entries(step).filter(([name]) => asked.length === 0 || asked.includes(name));
  if (chosen.length > 0) console.log(`… ${chosen.map(([name]) => name).join(", ")}`);
  results.push(...(await Promise.all(chosen.map(([, run]) => run()))));
}
conclude(root, "test", results);
