import { join } from "node:path";
import { runCommand } from "./run-command.ts";
import type { SuiteResult } from "./suite-result.ts";

/** Builds the web as `npm start` does; it counts as one test. */
export async function runWebBuild(root: string): Promise<SuiteResult> {
  const started = Date.now();
  const cwd = join(root, "apps", "web");
  const vite = join(cwd, "node_modules", ".bin", "vite");
  const { code, output } = await runCommand(vite, ["build"], { cwd, limitSeconds: 120 });
  const failed = code === 0 ? 0 : 1;
  if (failed) console.error(output);
  return {
    name: "web build",
    passed: 1 - failed,
    failed,
    skipped: 0,
    seconds: (Date.now() - started) / 1000,
  };
}
