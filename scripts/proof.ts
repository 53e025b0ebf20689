// npm run proof: the heavy tests (*.proof.test.ts) that npm test has no time for. One file at a time: what is killed and
// measured here must not starve its neighbour. No test is no success.
import { fileURLToPath } from "node:url";
import { conclude } from "./testing/conclude.ts";
import { runVitestSuite } from "./testing/run-vitest-suite.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const LIMIT_SECONDS = 1800;
conclude(root, "proof", [await runVitestSuite(root, "proof", { seconds: LIMIT_SECONDS, workers: 1 })]);
