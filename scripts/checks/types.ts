import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import type { CheckReport } from "./check.ts";
import { runTool } from "./run-tool.ts";

/** TypeScript over the root and every package, two at a time: one for each core. Unchanged files are remembered. */
export async function checkTypes(root: string): Promise<CheckReport> {
  const projects = ["tsconfig.json", ...globSync("{apps,packages}/*/tsconfig.json", { cwd: root }).sort()];
  const waiting = projects.filter((project) => existsSync(join(root, project)));
  const report: CheckReport = { problems: [], notes: [] };
  const work = async (): Promise<void> => {
    for (let project = waiting.shift(); project; project = waiting.shift()) {
      const memory = join(root, ".artifacts", "types", `${project.replaceAll(/[\\/]/g, "-")}.tsbuildinfo`);
      const args = ["-p", project, "--pretty", "false", "--incremental", "--tsBuildInfoFile", memory];
      const { problems } = await runTool(root, "tsc", args);
      // "No inputs were found" is how an empty folder looks before its first file.
      report.problems.push(...problems.filter((problem) => !problem.includes("TS18003")));
    }
  };
  await Promise.all([work(), work()]);
  return report;
}
