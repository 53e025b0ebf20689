import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process that is told apart from a later one with the same number. `startedAt` is opaque: compare, do not parse. */
export type ProcessIdentity = { pid: number; startedAt: string };

/**
 * Says when a process was started, in a form that only its equal matches, or null when no such process runs.
 * A zombie counts as gone. Never throws.
 */
export function startOf(pid: number): string | null {
  if (process.platform === "linux") return startFromProc(pid);
  if (process.platform === "win32") return isAlive(pid) ? "running" : null;
  const asked = spawnSync("ps", ["-p", String(pid), "-o", "lstart="], {
    encoding: "utf8",
    env: { LC_ALL: "C" },
  });
  return asked.stdout?.trim() || null;
}

/** The identity of this very process. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, startedAt: startOf(process.pid) ?? "unknown" };
}

/** True while exactly that process runs: a reused process number after a crash or a reboot is not it. */
export function isRunning(who: ProcessIdentity): boolean {
  return startOf(who.pid) === who.startedAt;
}

/** The command line of a running process as one string, or "" when it is gone or may not be read. */
export function commandLine(pid: number): string {
  if (process.platform === "linux") return readProc(`${pid}/cmdline`).replaceAll("\0", " ").trim();
  const [command, ...args] =
    process.platform === "win32"
      ? ["tasklist", "/NH", "/FI", `PID eq ${pid}`]
      : ["ps", "-ww", "-p", String(pid), "-o", "command="];
  return spawnSync(command ?? "ps", args, { encoding: "utf8" }).stdout?.trim() ?? "";
}

/** True when a process with this number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

// Ticks since boot repeat after a reboot, so the boot's own id belongs to the identity.
function startFromProc(pid: number): string | null {
  const stat = readProc(`${pid}/stat`);
  const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = fields[18];
  if (!ticks || state === "Z" || state === "X") return null;
  return `${readProc("sys/kernel/random/boot_id").trim()}:${ticks}`;
}

function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, "utf8");
  } catch {
    return "";
  }
}
