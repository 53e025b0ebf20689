import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

type Line = Record<string, unknown>;

/** The server alone, as `node apps/server/src/main.ts`, seen from outside. */
export interface ServerProcess {
  readonly child: ChildProcess;
  /** Every log line so far, parsed. */
  readonly logs: Line[];
  /** Everything on stderr so far. */
  errors(): string;
  /** The code it ended with; null when it was killed. */
  readonly exit: Promise<number | null>;
  /** Resolves with the first line, logged or still to come, that says this; rejects when the process ends before. */
  logged(message: string): Promise<Line>;
  /** Calls back for every line from now on. */
  onLine(listener: (line: Line) => void): void;
  kill(): Promise<void>;
}

/** Starts it with nothing set but what `environment` says. */
export function runServer(environment: Record<string, string>): ServerProcess {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH, HOME, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const logs: Line[] = [];
  const listeners = new Set<(line: Line) => void>();
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  createInterface({ input: child.stdout }).on("line", (text) => {
    if (!text.startsWith("{")) return;
    const line = JSON.parse(text) as Line;
    logs.push(line);
    for (const listener of listeners) listener(line);
  });
  const exit = once(child, "close").then(([code]) => code as number | null);
  return {
    child,
    logs,
    errors: () => errors,
    exit,
    logged: (message) =>
      new Promise((resolve, reject) => {
        const found = logs.find((line) => line["msg"] === message);
        if (found) return resolve(found);
        listeners.add((line) => {
          if (line["msg"] === message) resolve(line);
        });
        void exit.then((code) => reject(new Error(`ended with ${code} before "${message}": ${errors}`)));
      }),
    onLine: (listener) => void listeners.add(listener),
    async kill() {
      child.kill("SIGKILL");
      await exit;
    },
  };
}
