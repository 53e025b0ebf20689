import { spawn } from "node:child_process";
import type { CheckReport } from "./check.ts";

/** Runs a tool of node_modules/.bin and turns its exit code into a report. */
export async function runTool(root: string, tool: string, args: string[]): Promise<CheckReport> {
  const { code, output } = await capture(root, `${root}/node_modules/.bin/${tool}`, args);
  return { problems: code === 0 ? [] : [output.trim() || `${tool} ended with ${code}`], notes: [] };
}

function capture(cwd: string, command: string, args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on("error", (error) => resolve({ code: 1, output: `${command}: ${error.message}` }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
