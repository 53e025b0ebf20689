import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@liveassist/db/embedded";
import { startTestCluster, type TestClusterAddress } from "@liveassist/db/test-cluster";
import { openSteadyRoad } from "./steady-road.ts";

/** A durable Postgres that can be killed with everything it runs, and comes back with its data at the same address. */
export interface KillablePostgres extends TestClusterAddress {
  readonly kills: () => number;
  /** SIGKILL for the postmaster and all its children; resolves when it is up again. At most one at a time. */
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one with fsync on, as in production. */
export async function startKillablePostgres(): Promise<KillablePostgres> {
  const cluster = await startTestCluster({ durable: true });
  const start = () =>
    startEmbeddedPostgres({ dataDir: join(cluster.folder, "pg"), durable: true, database: "postgres" });
  let postgres = await start();
  const road = await openSteadyRoad(postgres.port);
  let kills = 0;
  let restarting: Promise<void> | null = null;

  async function killAll(): Promise<void> {
    const family = [postgres.pid, ...childrenOf(postgres.pid)];
    for (const pid of family) killHard(pid);
    kills += 1;
    postgres = await start();
    road.leadTo(postgres.port);
  }

  const adminUrl = new URL(cluster.adminUrl);
  adminUrl.port = String(road.port);
  return {
    adminUrl: adminUrl.href,
    template: cluster.template,
    kills: () => kills,
    killAndRestart() {
      restarting ??= killAll().finally(() => {
        restarting = null;
      });
      return restarting;
    },
    async stop() {
      await restarting;
      await road.close();
      await cluster.stop();
    },
  };
}

function killHard(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function childrenOf(parent: number): number[] {
  return execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, ppid]) => ppid === parent)
    .map(([pid = 0]) => pid);
}
