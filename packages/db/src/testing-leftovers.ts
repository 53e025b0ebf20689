import { readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBinaries } from "./embedded/binaries.ts";
import { readPostmaster, stopPostmaster } from "./embedded/postmaster.ts";
import { isRunning, type ProcessIdentity } from "./process-identity.ts";

/** How the folders of test clusters are named in the system's temporary folder. */
export const TEST_CLUSTER_PREFIX = "liveassist-test-";

const UNSIGNED_MS = 600_000;

/** Stops the Postgres of a test cluster, if it runs, and removes the folder. Harmless when both are gone. */
export async function removeTestCluster(folder: string): Promise<void> {
  const cluster = join(folder, "pg", "cluster");
  const found = readPostmaster(cluster);
  if (found) await stopPostmaster(cluster, found.pid, findBinaries().pgCtl);
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Removes test clusters whose owner no longer runs. Those of other users are left alone. */
export async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(TEST_CLUSTER_PREFIX)) continue;
    const folder = join(tmpdir(), name);
    if (await isAbandoned(folder)) await removeTestCluster(folder).catch(() => {});
  }
}

async function isAbandoned(folder: string): Promise<boolean> {
  try {
    const owner = JSON.parse(await readFile(join(folder, "owner.json"), "utf8")) as ProcessIdentity;
    return !isRunning(owner);
  } catch {
    // Killed before it could sign: only its age tells.
    const made = await stat(folder).catch(() => null);
    return made !== null && Date.now() - made.mtimeMs > UNSIGNED_MS;
  }
}
