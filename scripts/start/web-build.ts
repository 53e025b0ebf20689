import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { StartError } from "./start-error.ts";

const INPUTS = ["apps/web/**/*", "packages/shared/src/**/*", "pnpm-lock.yaml", "tsconfig.base.json"];
const NO_INPUT = /(^|\/)(node_modules|dist|test)(\/|$)|\.test\.tsx?$/;

/** Where Vite's program lies, as the web package has it installed. */
export function viteProgram(root: string): string {
  return join(root, "apps", "web", "node_modules", "vite", "bin", "vite.js");
}

/**
 * Builds apps/web/dist when what it is made of has changed since; returns at once otherwise. The new build takes the
 * place of the old one in one step, so a kill leaves no half. Ends in StartError when the build fails.
 */
export async function buildWeb(
  root: string,
  options: { print: (line: string) => void; stop: AbortSignal },
): Promise<void> {
  const web = join(root, "apps", "web");
  const dist = join(web, "dist");
  const inputs = hashInputs(root);
  if (existsSync(join(dist, "index.html")) && readStamp(dist) === inputs) return;

  options.print("Building the web app (only when it has changed)");
  const workshop = join(web, "node_modules", ".build", String(process.pid));
  const fresh = join(workshop, "new");
  try {
    await runVite(root, ["build", "--outDir", fresh, "--emptyOutDir", "--logLevel", "warn"], options.stop);
    writeFileSync(join(fresh, ".built-from"), inputs);
    mkdirSync(workshop, { recursive: true });
    if (existsSync(dist)) renameSync(dist, join(workshop, "old"));
    renameSync(fresh, dist);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** A hash over names and contents of everything the built web depends on. */
export function hashInputs(root: string): string {
  const hash = createHash("sha256");
  const files = globSync(INPUTS, { cwd: root, exclude: (path) => NO_INPUT.test(String(path)) });
  for (const file of files.sort()) {
    const path = join(root, file);
    if (NO_INPUT.test(file) || !statSync(path).isFile()) continue;
    hash.update(`${file}\0`).update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}

function readStamp(dist: string): string | null {
  const stamp = join(dist, ".built-from");
  return existsSync(stamp) ? readFileSync(stamp, "utf8") : null;
}

async function runVite(root: string, args: string[], stop: AbortSignal): Promise<void> {
  const cwd = join(root, "apps", "web");
  const child = spawn(process.execPath, [viteProgram(root), ...args], {
    cwd,
    signal: stop,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  }
  const [code] = await once(child, "close");
  if (code !== 0) throw new StartError(`The web app does not build.\n${withoutStack(said)}`);
}

function withoutStack(said: string): string {
  return said
    .split("\n")
    .filter((line) => !/^\s+at |^\s*errors: \[|^\}$/.test(line))
    .join("\n")
    .trim();
}
