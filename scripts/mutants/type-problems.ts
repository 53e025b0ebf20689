import { existsSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../testing/run-command.ts";

const LIMIT_SECONDS = 120;

/** The TypeScript projects that hold these paths, as folders; "" for the root. */
export function projectsOf(root: string, touched: readonly string[]): string[] {
  const folders = touched.map((path) => /^(?:apps|packages)\/[^/]+/.exec(path)?.[0] ?? "");
  return [...new Set(folders)].filter((folder) => existsSync(join(root, folder, "tsconfig.json")));
}

/** What TypeScript says of one project, without line numbers, so that a moved line is not news. */
export async function typeProblems(root: string, folder: string): Promise<string[]> {
  const memory = join(root, ".artifacts", "types", `${folder.replaceAll("/", "-") || "root"}.tsbuildinfo`);
  const project = join(root, folder, "tsconfig.json");
  const args = ["-p", project, "--pretty", "false", "--incremental", "--tsBuildInfoFile", memory];
  const tsc = join(root, "node_modules", ".bin", "tsc");
  const { code, output } = await runCommand(tsc, args, { cwd: root, limitSeconds: LIMIT_SECONDS });
  const problems = output.split("\n").filter((line) => /error TS\d+/.test(line));
  if (code !== 0 && problems.length === 0) problems.push(`tsc ended with ${code}: ${output.trim()}`);
  return problems.map((line) => line.replace(/\(\d+,\d+\)/, "")).filter((line) => !line.includes("TS18003"));
}
