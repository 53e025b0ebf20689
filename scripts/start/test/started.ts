import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { freePort } from "../../../packages/db/src/embedded.ts";

const SCRIPTS = fileURLToPath(new URL("../..", import.meta.url));

/** `npm start` from outside: what it printed, and how it ended. */
export type Started = {
  child: ChildProcess;
  output(): string;
  errors(): string;
  exit: Promise<number | null>;
};

/** Runs a script of ours with nothing set but what `environment` says. */
export function runScript(name: string, args: string[], environment: Record<string, string>): Started {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, [`${SCRIPTS}${name}`, ...args], {
    env: { PATH, HOME, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const exit = once(child, "close").then(([code]) => code as number | null);
  return { child, output: () => output, errors: () => errors, exit };
}

/** Starts all of LiveAssist and waits for its banner. Fails with what it printed when it ends instead. */
export async function startAll(environment: Record<string, string>, args: string[] = []): Promise<Started> {
  const started = runScript("start.ts", args, environment);
  const ended = started.exit.then((code) => {
    throw new Error(`ended with ${code}: ${started.output()} ${started.errors()}`);
  });
  const ready = vi.waitFor(
    () => {
      if (!started.output().includes("LiveAssist is running"))
        throw new Error(`no banner yet: ${started.output()}`);
    },
    { timeout: 60_000, interval: 20 },
  );
  await Promise.race([ready, ended]);
  return started;
}

/** Settings for a copy of its own, beside all others. */
export async function ownCopy(
  dataDir: string,
): Promise<{ PORT: string; DATA_DIR: string; LOG_LEVEL: string }> {
  return { PORT: String(await freePort()), DATA_DIR: dataDir, LOG_LEVEL: "info" };
}
