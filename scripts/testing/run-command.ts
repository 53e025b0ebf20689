import { spawn } from "node:child_process";

/** How a command ended (null: killed), and everything it said. */
export interface CommandOutcome {
  code: number | null;
  output: string;
}

interface CommandOptions {
  cwd: string;
  limitSeconds: number;
  environment?: Record<string, string>;
}

/** Runs a command without stdin and keeps what it says; one that exceeds its limit is killed with its children. */
export function runCommand(
  command: string,
  args: string[],
  options: CommandOptions,
): Promise<CommandOutcome> {
  const windows = process.platform === "win32";
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.environment },
      stdio: ["ignore", "pipe", "pipe"],
      shell: windows,
      detached: !windows,
    });
    let output = "";
    const limit = setTimeout(() => {
      output += `\nkilled: not done after ${options.limitSeconds} s\n`;
      if (windows || !child.pid) child.kill("SIGKILL");
      else process.kill(-child.pid, "SIGKILL");
    }, options.limitSeconds * 1000);
    let interrupted: NodeJS.Signals | null = null;
    const passOn = (signal: NodeJS.Signals): void => {
      interrupted = signal;
      if (windows || !child.pid) child.kill(signal);
      else process.kill(-child.pid, signal);
    };
    process.once("SIGINT", passOn);
    process.once("SIGTERM", passOn);
    const end = (outcome: CommandOutcome): void => {
      clearTimeout(limit);
      process.off("SIGINT", passOn);
      process.off("SIGTERM", passOn);
      // Whoever stops the runner means all of it, not only what runs just now.
      if (interrupted) process.kill(process.pid, interrupted);
      resolve(outcome);
    };
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", (error) => end({ code: null, output: `${output}${error.message}\n` }));
    child.once("close", (code) => end({ code, output }));
  });
}
