import { buildWeb } from "../start/web-build.ts";
import type { SuiteResult } from "./suite-result.ts";

/** Builds the web as `npm start` does, which takes no time when nothing has changed; it counts as one test. */
export async function runWebBuild(root: string): Promise<SuiteResult> {
  const started = Date.now();
  const outcome = { name: "web build", passed: 1, failed: 0, skipped: 0 };
  try {
    await buildWeb(root, { print: () => {}, stop: AbortSignal.timeout(180_000) });
    return { ...outcome, seconds: (Date.now() - started) / 1000 };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { ...outcome, passed: 0, failed: 1, seconds: (Date.now() - started) / 1000 };
  }
}
