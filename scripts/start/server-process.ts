import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { isErrorLine } from "./server-log.ts";

/** How a server ended, and whether it has told the reason itself. */
export type ServerExit = { code: number | null; signal: NodeJS.Signals | null; saidWhy: boolean };

/** A server as a child process. `ready` tells that it listens, or how it ended before it did. */
export type ServerProcess = {
  ready: Promise<"listening" | ServerExit>;
  exited: Promise<ServerExit>;
  stop(): Promise<void>;
  kill(): void;
};

/** What to run, with which environment, and who reads its log lines and its plain error output. */
export type ServerOptions = {
  entry: string;
  environment: NodeJS.ProcessEnv;
  onLog: (line: string) => void;
  onError: (line: string) => void;
};

const PATIENCE_MS = 15_000;

/**
 * Starts the server. It hears of our end through its IPC channel, so it never outlives us, not even after a kill -9.
 * In a process group of its own: Ctrl-C in the terminal reaches it through `stop`, in order, and not by itself.
 */
export function startServer(options: ServerOptions): ServerProcess {
  const child = spawn(process.execPath, [options.entry], {
    env: options.environment,
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let saidWhy = false;
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", (line) => {
    saidWhy ||= isErrorLine(line);
    options.onLog(line);
  });
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on("line", (line) => {
    saidWhy ||= line.trim() !== "";
    options.onError(line);
  });
  const exited = new Promise<ServerExit>((resolve) => {
    child.once("error", () => resolve({ code: 1, signal: null, saidWhy }));
    child.once("close", (code, signal) => resolve({ code, signal, saidWhy }));
  });
  return {
    ready: Promise.race([listening(child), exited]),
    exited,
    stop: () => stopChild(child, PATIENCE_MS),
    kill: () => void child.kill("SIGKILL"),
  };
}

/** Asks a child to end, and insists when it has not after `patienceMs`. Returns when it is gone. */
export async function stopChild(child: ChildProcess, patienceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const patience = new AbortController();
  const late = pause(patienceMs, "late" as const, { signal: patience.signal }).catch(() => "over" as const);
  if ((await Promise.race([gone, late])) === "late") child.kill("SIGKILL");
  await gone;
  patience.abort();
}

function listening(child: ChildProcess): Promise<"listening"> {
  return new Promise((resolve) => {
    child.on("message", (message) => {
      if ((message as { type?: string }).type === "ready") resolve("listening");
    });
  });
}
