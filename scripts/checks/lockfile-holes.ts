import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckReport } from "./check.ts";

/**
 * pnpm leaves optional packages that the registry lacks out of the lockfile without a word, and then another
 * platform has no binary. Compares what installed packages declare with what the lockfile holds; offline.
 */
export async function checkLockfileHoles(root: string): Promise<CheckReport> {
  const locked = readLockedOptionals(readFileSync(join(root, "pnpm-lock.yaml"), "utf8"));
  const problems: string[] = [];
  let compared = 0;
  for (const { name, version, optional } of installedPackages(join(root, "node_modules/.pnpm"))) {
    const held = locked.get(`${name}@${version}`);
    if (!held) continue;
    compared += 1;
    const missing = optional.filter((dependency) => !held.has(dependency));
    if (missing.length > 0) {
      problems.push(
        `pnpm-lock.yaml: ${name}@${version} lacks ${missing.join(", ")}; choose a version whose binaries all exist`,
      );
    }
  }
  if (compared === 0)
    problems.push("no installed package with platform binaries was found: run the install first");
  return { problems, notes: [`${compared} packages with optional parts compared`] };
}

/** Optional dependencies per `name@version` in the `snapshots` part of a pnpm lockfile. */
export function readLockedOptionals(lockfile: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  let current = new Set<string>();
  let inOptionals = false;
  const snapshots = lockfile.split(/^snapshots:$/m)[1] ?? "";
  for (const line of snapshots.split("\n")) {
    const key = /^ {2}'?((?:@[^/]+\/)?[^@'(]+@[^('{:]+)/.exec(line)?.[1];
    if (key) {
      current = found.get(key) ?? new Set();
      found.set(key, current);
    }
    if (/^ {0,4}\S/.test(line)) inOptionals = /^ {4}optionalDependencies:/.test(line);
    const entry = inOptionals ? /^ {6}'?([^':]+)'?:/.exec(line)?.[1] : undefined;
    if (entry) current.add(entry);
  }
  return found;
}

interface Installed {
  name: string;
  version: string;
  optional: string[];
}

function installedPackages(store: string): Installed[] {
  if (!existsSync(store)) return [];
  return readdirSync(store)
    .map((folder) => join(store, folder, "node_modules"))
    .filter((folder) => existsSync(folder))
    .flatMap(realPackages)
    .filter(({ optional }) => optional.length > 0);
}

// In pnpm's store a folder's own package is a real directory; what it depends on are links.
function realPackages(folder: string): Installed[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory()) return [];
    if (entry.name.startsWith("@")) return realPackages(join(folder, entry.name));
    const path = join(folder, entry.name, "package.json");
    if (!existsSync(path)) return [];
    const manifest: { name: string; version: string; optionalDependencies?: Record<string, string> } =
      JSON.parse(readFileSync(path, "utf8"));
    const { name, version, optionalDependencies = {} } = manifest;
    return [{ name, version, optional: Object.keys(optionalDependencies) }];
  });
}
