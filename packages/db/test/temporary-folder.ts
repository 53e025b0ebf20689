import { chmodSync, mkdtempSync, realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { findBinaries } from "../src/embedded/binaries.ts";
import { readPostmaster, stopPostmaster } from "../src/embedded/postmaster.ts";

/** A folder for one test; a Postgres that runs in its `pg` is stopped and the folder removed when the test ends. */
export function temporaryFolder(mode = 0o755): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "liveassist-db-")));
  chmodSync(folder, mode);
  onTestFinished(async () => {
    const cluster = join(folder, "pg", "cluster");
    const running = readPostmaster(cluster);
    if (running) await stopPostmaster(cluster, running.pid, findBinaries().pgCtl);
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  return folder;
}
