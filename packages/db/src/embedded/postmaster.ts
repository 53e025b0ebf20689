import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { commandLine, isAlive } from "../process-identity.ts";
import { EmbeddedPostgresError } from "./error.ts";

/** What `postmaster.pid` says: line 1 the process, 4 the port, 8 the state ("starting", "ready", "stopping"). */
export type Postmaster = { pid: number; port: number; state: string };

const SETTLE_MS = 120_000;

/** Reads `postmaster.pid` of a cluster, or null when there is none (or it is still being written). */
export function readPostmaster(cluster: string): Postmaster | null {
  try {
    const lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
    const [pid, port] = [Number(lines[0]), Number(lines[3] ?? 0)];
    return pid > 0 ? { pid, port, state: (lines[7] ?? "").trim() } : null;
  } catch {
    return null;
  }
}

/** True while that process is the Postgres of that cluster, and not a stranger who got its number after a reboot. */
export function isPostmasterOf(cluster: string, pid: number): boolean {
  const command = commandLine(pid);
  return command.includes("postgres") && (process.platform === "win32" || command.includes(cluster));
}

/**
 * Finds a Postgres that still runs on the cluster, after a kill of the node process that had started it, and waits until
 * it is ready. Null when none runs; a pid file that names a stranger is made harmless. Ends in EmbeddedPostgresError.
 */
export async function findRunning(cluster: string): Promise<Postmaster | null> {
  for (const deadline = Date.now() + SETTLE_MS; Date.now() < deadline; await pause(20)) {
    const found = readPostmaster(cluster);
    if (!found) return null;
    if (!isPostmasterOf(cluster, found.pid)) {
      if (isAlive(found.pid)) await disownStranger(cluster);
      return null;
    }
    if (found.state === "ready") return found;
  }
  throw new EmbeddedPostgresError(
    `A Postgres on ${cluster} neither gets ready nor ends. Stop it and try again.`,
  );
}

/** Stops a Postgres: fast (SIGINT) first, harder when it does not end. Returns when it is gone. */
export async function stopPostmaster(cluster: string, pid: number, pgCtl: string): Promise<void> {
  if (process.platform === "win32") {
    spawnSync(pgCtl, ["stop", "-D", cluster, "-m", "fast", "-w"], { stdio: "ignore", windowsHide: true });
    return;
  }
  const steps: [NodeJS.Signals, number][] = [
    ["SIGINT", 15_000],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 5_000],
  ];
  for (const [signal, patience] of steps) {
    if (!isPostmasterOf(cluster, pid)) return;
    process.kill(pid, signal);
    for (const end = Date.now() + patience; Date.now() < end && isPostmasterOf(cluster, pid); )
      await pause(10);
  }
}

// Postgres passes over a pid file that names its own parent, and still makes sure that no orphan uses the shared
// memory named further down; deleting the file would skip that.
async function disownStranger(cluster: string): Promise<void> {
  const path = join(cluster, "postmaster.pid");
  const [, ...rest] = readFileSync(path, "utf8").split("\n");
  await writeFile(path, [process.pid, ...rest].join("\n"));
}
