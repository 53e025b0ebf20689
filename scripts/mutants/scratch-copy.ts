import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type CommandOutcome, runCommand } from "../testing/run-command.ts";
import { linkPackages, packageFolders } from "./link-packages.ts";

const GIT_SECONDS = 60;
/** A commit in the copy concerns nobody: no name, no signature, no hook of the machine's owner. */
const QUIET = ["-c", "user.name=mutants", "-c", "user.email=mutants@localhost", "-c", "commit.gpgsign=false"];

/** A copy of the repository in which mistakes are planted; the original is never touched. */
export interface ScratchCopy {
  root: string;
  /** Applies a patch file; null when that worked, else what git says. */
  plant(patch: string): Promise<string | null>;
  /** Takes back whatever was planted. */
  reset(): Promise<void>;
  remove(): void;
}

const git = (cwd: string, args: readonly string[]): Promise<CommandOutcome> =>
  runCommand("git", [...QUIET, "-c", "core.hooksPath=", "-c", "core.autocrlf=false", ...args], {
    cwd,
    limitSeconds: GIT_SECONDS,
  });

async function mustGit(cwd: string, args: readonly string[]): Promise<string> {
  const { code, output } = await git(cwd, args);
  if (code !== 0) throw new Error(`git ${args[0]} in ${cwd}: ${output.trim()}`);
  return output;
}

/** Copies the working tree (what git tracks or would track) into a folder of its own, with `node_modules` linked. */
export async function makeScratchCopy(from: string): Promise<ScratchCopy> {
  const source = realpathSync(from);
  const root = realpathSync(mkdtempSync(join(tmpdir(), "liveassist-mutants-")));
  const remove = (): void => rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  try {
    const list = await mustGit(source, ["ls-files", "-z", "-co", "--exclude-standard", "--deduplicate"]);
    const files = list.split("\0").filter((file) => file !== "" && existsSync(join(source, file)));
    for (const file of files) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      cpSync(join(source, file), join(root, file));
    }
    await mustGit(root, ["init", "-q"]);
    // The original's history lets git merge a patch whose context has moved since it was written.
    const objects = resolve(source, (await mustGit(source, ["rev-parse", "--git-path", "objects"])).trim());
    writeFileSync(join(root, ".git", "objects", "info", "alternates"), `${objects}\n`);
    await mustGit(root, ["add", "-A"]);
    await mustGit(root, ["commit", "-q", "-m", "before any mistake"]);
    linkPackages({ source, copy: root }, packageFolders(files));
  } catch (error) {
    remove();
    throw error;
  }
  const reset = async (): Promise<void> => {
    await mustGit(root, ["reset", "-q", "--hard"]);
    await mustGit(root, ["clean", "-fdq"]);
  };
  const plant = async (patch: string): Promise<string | null> => {
    const exact = await git(root, ["apply", "--recount", "-C1", patch]);
    if (exact.code === 0) return null;
    const merged = await git(root, ["apply", "--3way", patch]);
    if (merged.code === 0) return null;
    await reset();
    return exact.output.trim();
  };
  return { root, plant, reset, remove };
}
