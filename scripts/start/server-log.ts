import { closeSync, existsSync, openSync, renameSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";

const KEPT = 3;
const LIMIT_BYTES = 20_000_000;
const HIDDEN = new Set(["level", "time", "msg", "pid", "hostname", "err", "name", "v"]);

/** One line of the server's JSON log as a person reads it; a line that is no JSON is returned as it is. */
export function readableLogLine(line: string): string {
  const entry = parse(line);
  if (!entry) return line;
  const time = new Date(String(entry["time"] ?? 0)).toTimeString().slice(0, 8);
  const level = String(entry["level"] ?? "info").padEnd(5);
  const error = (entry["err"] as { message?: string } | undefined)?.message;
  const details = Object.entries(entry)
    .filter(([name, value]) => !HIDDEN.has(name) && value !== undefined)
    .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  return [time, level, entry["msg"], error && `(${error})`, ...details].filter(Boolean).join(" ");
}

/** True for a log line of level error or worse. */
export function isErrorLine(line: string): boolean {
  return /^(error|fatal)$/.test(String(parse(line)?.["level"]));
}

/** Opens logs/server.log in the data folder anew, keeping the last three; grown beyond 20 MB it is turned over too. */
export function openServerLog(dataDir: string): { write(line: string): void; close(): void; path: string } {
  const path = join(dataDir, "logs", "server.log");
  turnOver(path);
  let file = openSync(path, "a", 0o600);
  let size = 0;
  const write = (line: string) => {
    size += writeSync(file, `${line}\n`);
    if (size < LIMIT_BYTES) return;
    closeSync(file);
    turnOver(path);
    file = openSync(path, "a", 0o600);
    size = 0;
  };
  return { write, close: () => closeSync(file), path };
}

function turnOver(path: string): void {
  if (!existsSync(path) || statSync(path).size === 0) return;
  for (let age = KEPT - 1; age >= 1; age -= 1) {
    if (existsSync(`${path}.${age}`)) renameSync(`${path}.${age}`, `${path}.${age + 1}`);
  }
  renameSync(path, `${path}.1`);
}

function parse(line: string): Record<string, unknown> | null {
  if (!line.startsWith("{")) return null;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
}
