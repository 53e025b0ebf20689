// npm run proof: the heavy tests (*.proof.test.ts) that npm test has no time for. Two files at a time: much of them is waiting
// for what was killed to come back. No test is no success.
import { fileURLToPath } from "node:url";
import { conclude } from "./testing/conclude.ts";
import { runVitestSuite } from "./testing/run-vitest-suite.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const LIMIT_SECONDS = 3000;
conclude(root, "proof", [await runVitestSuite(root, "proof", { seconds: LIMIT_SECONDS, workers: 2 })]);
