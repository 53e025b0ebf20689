import { globSync } from "node:fs";
import { findBrowser, NO_BROWSER } from "../browser/find-browser.ts";
import { runVitestSuite } from "./run-vitest-suite.ts";
import type { SuiteResult } from "./suite-result.ts";

/** Runs the browser tests. Without any browser they fail in CI; elsewhere they are skipped, and that is said loudly. */
export async function runBrowserSuite(
  root: string,
  limitSeconds: number,
  find = findBrowser,
): Promise<SuiteResult> {
  const browser = await find().catch((error: unknown) => {
    console.error(String(error));
    return null;
  });
  if (browser) return runVitestSuite(root, "browser", { seconds: limitSeconds });
  const files = globSync("apps/web/test/**/*.test.ts", { cwd: root }).length;
  console.error(
    `\n${"!".repeat(110)}\n${NO_BROWSER}\n${files} files of browser tests did NOT run.\n${"!".repeat(110)}\n`,
  );
  const result = { name: "browser", passed: 0, seconds: 0, trouble: "no browser" };
  return process.env.CI
    ? { ...result, failed: 1, skipped: 0 }
    : { ...result, failed: 0, skipped: Math.max(files, 1) };
}
