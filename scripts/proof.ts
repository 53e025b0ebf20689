// npm run proof: the heavy tests (*.proof.test.ts) that npm test has no time for. One file at a time: what is killed and
// measured here must not starve its neighbour. No test is no success. Then the planted mistakes of test/mutants.
import { fileURLToPath } from "node:url";
import { plantedIn, runMutantSuite } from "./mutants/run-mutant-suite.ts";
import { conclude } from "./testing/conclude.ts";
import { runVitestSuite } from "./testing/run-vitest-suite.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const LIMIT_SECONDS = 1800;
const proofs = await runVitestSuite(root, "proof", { seconds: LIMIT_SECONDS, workers: 1 });
conclude(root, "proof", [proofs, await runMutantSuite(root, plantedIn(root))]);
