import { randomBytes } from "node:crypto";
import {
  accessSync,
  constants,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { isRunning, ownIdentity, type ProcessIdentity } from "../../packages/db/src/process-identity.ts";
import { StartError } from "./start-error.ts";

/**
 * Makes the data folder and takes it for this process; returns the way to give it back. The lock of a process that no
 * longer runs (a kill, a reboot, a reused number) is taken over. Ends in StartError when another copy uses the folder.
 */
export function takeDataFolder(dataDir: string): () => void {
  makeFolder(dataDir);
  const lock = join(dataDir, "launcher.lock");
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(ownIdentity()));
  try {
    for (let tries = 0; !linked(mine, lock); tries += 1) {
      const owner = ownerOf(dataDir);
      if (owner || tries > 5) throw inUse(dataDir, owner);
      // Moved aside rather than removed: only one of two that start together can move it.
      moveAway(lock, `${mine}.stale`);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  return () => {
    if (ownerOf(dataDir)?.pid === process.pid) rmSync(lock, { force: true });
  };
}

/** The running process that uses the data folder, or null. */
export function ownerOf(dataDir: string): ProcessIdentity | null {
  try {
    const owner = JSON.parse(readFileSync(join(dataDir, "launcher.lock"), "utf8")) as ProcessIdentity;
    return isRunning(owner) ? owner : null;
  } catch {
    return null;
  }
}

/** A value that must outlive restarts, such as a secret: made once, kept in the data folder, mode 0600. */
export function keep(dataDir: string, name: string, make: () => string): string {
  const path = join(dataDir, name);
  const kept = readKept(dataDir, name);
  if (kept) return kept;
  const value = make();
  writeFileSync(`${path}.part`, `${value}\n`, { mode: 0o600 });
  renameSync(`${path}.part`, path);
  return value;
}

/** What `keep` wrote under this name, or null. */
export function readKept(dataDir: string, name: string): string | null {
  try {
    return readFileSync(join(dataDir, name), "utf8").trim() || null;
  } catch {
    return null;
  }
}

/** A random secret with a prefix, 24 bytes in hexadecimal. */
export function randomSecret(prefix: string): string {
  return `${prefix}${randomBytes(24).toString("hex")}`;
}

function makeFolder(dataDir: string): void {
  try {
    // Mails with links and the log are nobody else's business; the Postgres that root starts must pass through.
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    for (const folder of ["logs", "mail"]) mkdirSync(join(dataDir, folder), { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartError(
      `Cannot write to the data folder ${dataDir} (${code}). Choose another with DATA_DIR.`,
    );
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function moveAway(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    // Somebody else was quicker; the next look decides.
  }
  rmSync(to, { force: true });
}

function inUse(dataDir: string, owner: ProcessIdentity | null): StartError {
  const who = owner ? ` (process ${owner.pid})` : "";
  return new StartError(
    `LiveAssist already runs on ${dataDir}${who}. Stop it, or start another copy: PORT=3001 DATA_DIR=.data-2 npm start.`,
  );
}
