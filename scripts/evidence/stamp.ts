import { execFileSync } from "node:child_process";

/** Whose every file of a run is. */
export interface Stamp {
  readonly run: string;
  /** Of the code that ran. */
  readonly commit: string;
  /** The code had changes that are in no commit. */
  readonly changed: boolean;
  /** ISO, wall time. */
  readonly startedAt: string;
}

/** A stamp for a run that begins now: the time, and enough chance that no two runs share it. */
export function makeStamp(root: string, at: Date = new Date()): Stamp {
  const git = (...words: string[]): string =>
    execFileSync("git", words, { cwd: root, encoding: "utf8" }).trim();
  const seconds = at.toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
  return {
    run: `${seconds}-${crypto.randomUUID().slice(0, 6)}`,
    commit: git("rev-parse", "HEAD"),
    changed: git("status", "--porcelain", "--untracked-files=no") !== "",
    startedAt: at.toISOString(),
  };
}

/** The stamp as one line, for the head of a text and the metadata of a picture. */
export const stampLine = ({ run, commit, changed }: Stamp): string =>
  `LiveAssist evidence, run ${run}, commit ${commit}${changed ? " with uncommitted changes" : ""}`;
