import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import type { Change, Sink } from "./store.ts";

/** The file may grow to this many bytes more than thrice what it amounts to before it is rewritten. */
const SLACK_BYTES = 4_000_000;
const CHUNK_CHARACTERS = 1_000_000;

/**
 * A file of committed changes, one commit a line. A commit is handed to the operating system before the request
 * that made it is answered, so a killed emulator loses nothing it had answered; a line cut short is ignored.
 * When it is opened, and whenever it has grown too long, the file is rewritten (to a new file, then renamed) to what
 * it now amounts to.
 */
export function openJournal(path: string, slack = SLACK_BYTES): { sink: Sink; changes: Change[] } {
  mkdirSync(dirname(path), { recursive: true });
  const changes = existsSync(path) ? compact(readCommits(path)) : [];
  let size = rewrite(path, changes);
  let limit = 3 * size + slack;
  let file = openSync(path, "a");
  let inode = statSync(path).ino;
  const sink: Sink = {
    append(commit, all) {
      // Another one that opened the file has put its own in its place: what is written here would be nowhere.
      const now = statSync(path, { throwIfNoEntry: false })?.ino;
      if (now !== undefined && now !== inode)
        throw new Error(`${path} was opened by another emulator. Each needs a data file of its own.`);
      const line = `${JSON.stringify(commit)}\n`;
      writeSync(file, line);
      size += Buffer.byteLength(line);
      if (size > limit) sink.rewrite(all());
    },
    rewrite(all) {
      size = rewrite(path, all);
      limit = 3 * size + slack;
      closeSync(file);
      file = openSync(path, "a");
      inode = statSync(path).ino;
    },
    close: () => closeSync(file),
  };
  return { changes, sink };
}

/** A kill in the middle leaves the old file as it was. Answers the new one's size in bytes. */
function rewrite(path: string, changes: Iterable<Change>): number {
  const fresh = `${path}.new`;
  writeFileSync(fresh, "");
  const file = openSync(fresh, "a");
  let chunk = "";
  for (const change of changes) {
    chunk += `${JSON.stringify([change])}\n`;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    writeSync(file, chunk);
    chunk = "";
  }
  writeSync(file, chunk);
  closeSync(file);
  renameSync(fresh, path);
  return statSync(path).size;
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
