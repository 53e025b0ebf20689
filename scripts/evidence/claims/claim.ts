import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The things requirement R36 asks for, in its order. */
export const PARTS = {
  purchase: "The purchase as users A and B, with me before and after",
  payloads: "Raw webhook payloads",
  log: "Server log of the runs",
  console: "Browser console with the event and setUser",
  chat: "Two texts and one image, away and back, with localStorage and the messages request",
  limit: "The third image: 403 and dialog",
  trial: "Trial, its simulated end, cancel",
  rows: "Database rows of users, xp_events and webhook_events",
  screenshots: "Screenshots",
  runbook: "A runbook with commands and times",
  files: "Every file written by this run, with its id and commit",
} as const;
export type Part = keyof typeof PARTS;

/** Reads the files of a run as they lie there, for claims to be judged by. */
export class Files {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  bytes = (name: string): Buffer => readFileSync(join(this.path, name));
  text = (name: string): string => this.bytes(name).toString("utf8");

  /** The thing under the stamp of a JSON file. */
  data<T = Record<string, unknown>>(name: string): T {
    return (JSON.parse(this.text(name)) as { data: T }).data;
  }
}

/** Something that is said about the product, and how its files show it. */
export interface Claim {
  readonly part: Part;
  readonly says: string;
  /** What to look at. */
  readonly files: readonly string[];
  /** Null: the files show it. Else what they show instead. Throws when a file is missing or makes no sense. */
  readonly judge: (files: Files) => string | null;
}

/** A claim with what came of it. */
export interface Judged extends Claim {
  readonly problem: string | null;
}

/** Holds a claim against the files. */
export function judgeClaim(claim: Claim, files: Files): Judged {
  try {
    return { ...claim, problem: claim.judge(files) };
  } catch (error) {
    return { ...claim, problem: `cannot be shown: ${(error as Error).message}` };
  }
}

/** Null when `found` has all of `wanted`, else the first field that differs, in words. */
export function differs(
  where: string,
  found: Record<string, unknown>,
  wanted: Record<string, unknown>,
): string | null {
  for (const [name, value] of Object.entries(wanted)) {
    if (JSON.stringify(found[name]) !== JSON.stringify(value))
      return `${where}: ${name} is ${JSON.stringify(found[name])}, not ${JSON.stringify(value)}`;
  }
  return null;
}

/** The first problem of several. */
export const first = (...problems: (string | null)[]): string | null =>
  problems.find((problem) => problem !== null) ?? null;
