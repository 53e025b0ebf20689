import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import type { Change, Sink } from "./store.ts";

/**
 * A file of committed changes, one commit a line. A commit is handed to the operating system before the request
 * that made it is answered, so a killed emulator loses nothing it had answered; a line cut short is ignored.
 * Opening the file rewrites it once (to a new file, then renamed) to what it now amounts to.
 */
export function openJournal(path: string): { sink: Sink; changes: Change[] } {
  mkdirSync(dirname(path), { recursive: true });
  const changes = existsSync(path) ? compact(readCommits(path)) : [];
  const fresh = `${path}.new`;
  writeFileSync(fresh, changes.map((change) => `${JSON.stringify([change])}\n`).join(""));
  renameSync(fresh, path);
  const file = openSync(path, "a");
  return {
    changes,
    sink: {
      append: (commit) => void writeSync(file, `${JSON.stringify(commit)}\n`),
      close: () => closeSync(file),
    },
  };
}

function readCommits(path: string): Change[] {
  const changes: Change[] = [];
  const lines = readFileSync(path, "utf8").split("\n");
  for (const [index, line] of lines.entries()) {
    if (line === "") continue;
    try {
      changes.push(...(JSON.parse(line) as Change[]));
    } catch {
      // Only the last commit can have been cut short by a kill; anything else must not be thrown away in silence.
      if (index < lines.length - 1)
        throw new Error(`${path} is damaged at line ${index + 1}. Move it away to start anew.`);
    }
  }
  return changes;
}

/** Keeps the last version of each document, in the order in which the documents first appeared. */
function compact(changes: readonly Change[]): Change[] {
  const last = new Map<string, Change>();
  for (const change of changes) {
    const key = `${change[0]}/${change[1]}`;
    if (change[2] === null) last.delete(key);
    else last.set(key, change);
  }
  return [...last.values()];
}
