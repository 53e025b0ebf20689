import type { CheckReport } from "./check.ts";
import { runTool } from "./run-tool.ts";

/** Unused files, exports and dependencies, and imports nobody declared. Its cache misses files that are new. */
export function checkUnused(root: string): Promise<CheckReport> {
  return runTool(root, "knip", ["--no-progress"]);
}
