import type { CheckReport } from "./check.ts";
import { runTool } from "./run-tool.ts";

/** Format and lint: what Biome complains about is a problem, warnings too. */
export function checkBiome(root: string): Promise<CheckReport> {
  return runTool(root, "biome", ["check", "--error-on-warnings", "--max-diagnostics=20", "."]);
}
