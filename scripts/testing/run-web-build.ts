import { existsSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./run-command.ts";
import type { SuiteResult } from "./suite-result.ts";

// Turbo starts tasks through pnpm, which npx brings to machines that have none.
const BUILD = ["-y", "pnpm@12.21.0", "exec", "turbo", "run", "build", "--filter=@liveassist/web"];
const QUIET = { TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };

/** Builds the web, or takes the build of the same sources from turbo's cache; it counts as one test. */
export async function runWebBuild(root: string): Promise<SuiteResult> {
  const started = Date.now();
  const { code, output } = await runCommand("npx", BUILD, {
    cwd: root,
    limitSeconds: 180,
    environment: QUIET,
  });
  // A package without a build script is a success to turbo, but there is nothing to serve then.
  const built = code === 0 && existsSync(join(root, "apps/web/dist/index.html"));
  if (!built) console.error(output);
  const counts = { passed: built ? 1 : 0, failed: built ? 0 : 1, skipped: 0 };
  return { name: "web build", ...counts, seconds: (Date.now() - started) / 1000 };
}
