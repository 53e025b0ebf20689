import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { maskSecrets } from "./mask-secrets.ts";
import { type Stamp, stampLine } from "./stamp.ts";
import { stampPng } from "./stamp-png.ts";

/** A file as the manifest lists it. */
export interface Listed {
  readonly path: string;
  /** What it shows, in words. */
  readonly what: string;
  readonly bytes: number;
  readonly sha256: string;
  /** ISO, wall time. */
  readonly written_at: string;
}

/** The folder of one run: whatever is written into it carries the run's stamp, has its secrets masked, and is listed. */
export class RunFolder {
  readonly path: string;
  readonly stamp: Stamp;
  readonly listed: Listed[] = [];

  constructor(path: string, stamp: Stamp) {
    this.path = path;
    this.stamp = stamp;
    mkdirSync(path, { recursive: true });
  }

  /** JSON, with the stamp in its head and the thing itself under `data`. */
  json(name: string, what: string, data: unknown): void {
    const { run, commit, changed } = this.stamp;
    const head = { run, commit, uncommitted_changes: changed, what, written_at: new Date().toISOString() };
    this.#write(name, what, maskSecrets(`${JSON.stringify({ ...head, data }, null, 2)}\n`));
  }

  /** A text, under a first line with the stamp; `comment` makes that line one that readers of the format skip. */
  text(name: string, what: string, { lines, comment }: { lines: readonly string[]; comment: Comment }): void {
    const first = `${stampLine(this.stamp)}: ${what}`;
    this.#write(name, what, maskSecrets(`${[comment(first), ...lines].join("\n")}\n`));
  }

  /** A picture, with the stamp in its metadata. */
  png(name: string, what: string, png: Buffer): void {
    this.#write(name, what, stampPng(png, stampLine(this.stamp)));
  }

  #write(name: string, what: string, content: string | Buffer): void {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    const sha256 = createHash("sha256").update(content).digest("hex");
    const bytes = Buffer.byteLength(content);
    this.listed.push({ path: name, what, bytes, sha256, written_at: new Date().toISOString() });
  }
}

type Comment = (line: string) => string;
export const HASH: Comment = (line) => `# ${line}`;
export const QUOTE: Comment = (line) => `> ${line}`;
export const HTML: Comment = (line) => `<!doctype html><!-- ${line} -->`;
/** A line of a JSON log. */
export const JSON_LINE: Comment = (line) => JSON.stringify({ evidence: line });
