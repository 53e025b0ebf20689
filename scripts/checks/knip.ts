import type { CheckReport } from "./check.ts";
import { runTool } from "./run-tool.ts";

/** Unused files, exports and dependencies, and imports nobody declared. */
export function checkUnused(root: string): Promise<CheckReport> {
  return runTool(root, "knip", ["--no-progress", "--cache", "--cache-location", ".artifacts/knip"]);
}
