import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { EmbeddedPostgresError } from "./error.ts";
import { freePort } from "./free-port.ts";
import { isPostmasterOf, type Postmaster, readPostmaster } from "./postmaster.ts";
import { type RunAs, spawnAs } from "./run-as.ts";

/** What a launch needs: the program, the cluster, who runs it, where its log goes, and server settings. */
export type Launch = {
  postgres: string;
  cluster: string;
  who: RunAs;
  logFile: string;
  settings: Record<string, string>;
};

const READY_MS = 120_000;
const ORPHANS_MS = 20_000;
const LOG_LIMIT_BYTES = 2_000_000;

/**
 * Starts Postgres on a free loopback port and waits until it is ready. A lost race for the port, and backends that
 * outlive a killed postmaster for a moment, are tried again. Ends in EmbeddedPostgresError with Postgres' own words.
 */
export async function launch(options: Launch): Promise<Postmaster> {
  rotate(options.logFile);
  for (const patienceEnd = Date.now() + ORPHANS_MS; ; ) {
    const attempt = await launchOnce(options);
    if ("pid" in attempt) return attempt;
    const passing = /pre-existing shared memory|could not bind|lock file "postmaster.pid" already exists/;
    if (!passing.test(attempt.said) || Date.now() > patienceEnd) throw failed(attempt.said, options.logFile);
    await pause(200);
  }
}

async function launchOnce(options: Launch): Promise<Postmaster | { said: string }> {
  const { cluster, logFile } = options;
  const port = await freePort();
  const log = openSync(logFile, "a", 0o600);
  const logStart = statSync(logFile).size;
  const settings = Object.entries({ ...options.settings, port: String(port) });
  const args = ["-D", cluster, ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  // Its own process group: Ctrl-C in the terminal must reach the server first, and Postgres last, from us.
  const child = spawnAs(options.who, [options.postgres, ...args], {
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.unref();
  let unusable: string | null = null;
  child.once("error", (error) => {
    unusable = error.message;
  });
  for (const deadline = Date.now() + READY_MS; Date.now() < deadline; await pause(10)) {
    if (unusable !== null) return { said: unusable };
    if (child.exitCode !== null || child.signalCode !== null) return { said: readFrom(logFile, logStart) };
    const found = readPostmaster(cluster);
    if (found && found.pid === child.pid && found.state === "ready") return found;
  }
  if (child.pid && isPostmasterOf(cluster, child.pid)) child.kill("SIGQUIT");
  return { said: `not ready after ${READY_MS / 1000} s` };
}

function readFrom(logFile: string, start: number): string {
  return readFileSync(logFile).subarray(start).toString("utf8");
}

function rotate(logFile: string): void {
  mkdirSync(dirname(logFile), { recursive: true });
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) renameSync(logFile, `${logFile}.1`);
}

function failed(said: string, logFile: string): EmbeddedPostgresError {
  const lines = said.trim().split("\n");
  const why = lines.find((line) => line.includes("FATAL")) ?? lines.at(-1) ?? "";
  return new EmbeddedPostgresError(`The built-in Postgres does not start: ${why.trim()} (see ${logFile})`);
}
