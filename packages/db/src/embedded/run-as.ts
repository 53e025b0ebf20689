import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { chown, stat } from "node:fs/promises";
import { EmbeddedPostgresError } from "./error.ts";

/** Who runs Postgres: ourselves, or (Postgres refuses root) another uid, if need be with the right to enter our folders. */
export type RunAs = { uid: number; gid: number; throughSetpriv: boolean } | "ourselves";

const NOBODY_ON_LINUX = 65534;

/**
 * Decides as whom Postgres runs. As root it is the owner of the existing cluster, else nobody; `folder` must exist.
 * Ends in EmbeddedPostgresError when root can find no way to start a program as another uid.
 */
export async function chooseRunAs(binary: string, folder: string, cluster: string): Promise<RunAs> {
  if (process.getuid?.() !== 0) return "ourselves";
  const owner = await stat(cluster).catch(() => null);
  const ids = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : nobody();
  const plain = { ...ids, throughSetpriv: false };
  if (canRun(plain, binary, folder)) return plain;
  const withRights = { ...ids, throughSetpriv: true };
  if (canRun(withRights, binary, folder)) return withRights;
  throw new EmbeddedPostgresError(
    `Postgres refuses to run as root, and no other user can enter ${folder}. ` +
      "Run this as an ordinary user, move the project to a folder others can enter, or set DATABASE_URL.",
  );
}

/** Starts a program as `who`. The child's pid is the program's own: setpriv replaces itself. */
export function spawnAs(who: RunAs, programAndArgs: string[], options: SpawnOptions): ChildProcess {
  const { command, rest, ids } = commandAs(who, programAndArgs);
  return spawn(command, rest, { ...options, ...ids, env: cleanEnvironment(), windowsHide: true });
}

/** Hands files to `who`, so that Postgres accepts them as its own. Does nothing when that is ourselves. */
export async function giveTo(who: RunAs, ...paths: string[]): Promise<void> {
  if (who === "ourselves") return;
  for (const path of paths) await chown(path, who.uid, who.gid);
}

function commandAs(who: RunAs, [program = "", ...args]: string[]) {
  if (who === "ourselves") return { command: program, rest: args, ids: {} };
  if (!who.throughSetpriv) return { command: program, rest: args, ids: { uid: who.uid, gid: who.gid } };
  // Only dac_override: containers seldom grant more, and it covers entering, reading and writing.
  const flags = [
    "--securebits=+no_setuid_fixup",
    `--reuid=${who.uid}`,
    `--regid=${who.gid}`,
    "--clear-groups",
  ];
  const rights = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  return { command: "setpriv", rest: [...flags, ...rights, program, ...args], ids: {} };
}

// The shell enters the folder as that user; spawn's own `cwd` would still be entered as root.
function canRun(who: RunAs, binary: string, folder: string): boolean {
  const probe = ["/bin/sh", "-c", 'cd "$1" && "$0" --version', binary, folder];
  const { command, rest, ids } = commandAs(who, probe);
  return (
    spawnSync(command, rest, { ...ids, cwd: "/", env: cleanEnvironment(), stdio: "ignore" }).status === 0
  );
}

// initdb insists on a user with a name, so the number is asked for.
function nobody(): { uid: number; gid: number } {
  const ask = (flag: string) =>
    Number.parseInt(spawnSync("id", [flag, "nobody"], { encoding: "utf8" }).stdout, 10) || NOBODY_ON_LINUX;
  return { uid: ask("-u"), gid: ask("-g") };
}

// A PGDATA or PGPORT meant for another Postgres must not reach ours, nor a locale that is not installed.
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith("PG") && !name.startsWith("LC_"),
  );
  return { ...Object.fromEntries(kept), LANG: "C", LC_ALL: "C" };
}
