import { chmodSync, mkdtempSync, realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for a test, and the way to remove it. Others may pass through, for the Postgres of root. */
export function temporaryFolder(): { path: string; remove(): Promise<void> } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "liveassist-start-")));
  chmodSync(path, 0o711);
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }) };
}
