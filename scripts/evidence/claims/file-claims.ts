import { createHash } from "node:crypto";
import { findSecrets } from "../mask-secrets.ts";
import type { Listed } from "../run-folder.ts";
import type { Step } from "../runbook.ts";
import { type Stamp, stampLine } from "../stamp.ts";
import { readPngStamp } from "../stamp-png.ts";
import type { Claim, Files } from "./claim.ts";

/** A run as it says it was. */
export interface RunFacts {
  readonly stamp: Stamp;
  readonly listed: readonly Listed[];
  readonly steps: readonly Step[];
}

const SCREENSHOTS = [
  ["a-before", "a-payment-page", "a-after", "a-second-tab", "a-unlimited"],
  ["b-before", "b-after-a-paid", "b-payment-page", "b-after", "b-second-tab"],
  ["a-chat-before", "a-chat-after", "a-third-image-dialog"],
  ["c-trial-started", "d-trial-cancelled", "c-trial-ended", "d-trial-ended", "c-cancelled"],
].flat();

/** About the files themselves: those of this run, whole, and nothing in them that opens anything. */
export function fileClaims({ stamp, listed, steps }: RunFacts): Claim[] {
  return [
    {
      part: "screenshots",
      says: `${SCREENSHOTS.length} screenshots show every state`,
      files: ["screenshots/"],
      judge(files) {
        const missing = SCREENSHOTS.find(
          (name) => files.bytes(`screenshots/${name}.png`).readUInt32BE(16) < 300,
        );
        return missing ? `${missing} shows nothing` : null;
      },
    },
    {
      part: "runbook",
      says: "The runbook names the commands, and every step with its time; all went well",
      files: ["runbook.md"],
      judge(files) {
        const runbook = files.text("runbook.md");
        const failed = steps.find(({ problem }) => problem !== null);
        if (failed) return `${failed.who} ${failed.what}: ${failed.problem}`;
        if (!runbook.includes("npm run evidence")) return "it names no command";
        const missing = steps.find(
          ({ at, what }) => !runbook.includes(at.slice(11, 23)) || !runbook.includes(what),
        );
        return missing || steps.length === 0 ? `"${missing?.what}" is not in it` : null;
      },
    },
    {
      part: "files",
      says: `Every file carries run ${stamp.run} and commit ${stamp.commit.slice(0, 12)}, and was written in this run`,
      files: ["manifest.json"],
      judge(files) {
        for (const { path, written_at } of listed) {
          if (!isStamped(files, path, stamp)) return `${path} does not`;
          if (written_at < stamp.startedAt) return `${path} is older than the run`;
        }
        return listed.length > 0 ? null : "there are no files";
      },
    },
    {
      part: "files",
      says: "Every file is as it was written, by its SHA-256",
      files: ["manifest.json"],
      judge(files) {
        const changed = listed.find(
          ({ path, sha256 }) => createHash("sha256").update(files.bytes(path)).digest("hex") !== sha256,
        );
        return changed ? `${changed.path} was changed` : null;
      },
    },
    {
      part: "files",
      says: "No file holds a key, a secret or the address of anybody but the demo people",
      files: ["manifest.json"],
      judge(files) {
        for (const { path } of listed.filter((one) => !one.path.endsWith(".png"))) {
          const [found] = findSecrets(files.text(path));
          if (found !== undefined) return `${path} holds ${found.slice(0, 12)}…`;
        }
        return null;
      },
    },
  ];
}

function isStamped(files: Files, path: string, stamp: Stamp): boolean {
  if (path.endsWith(".png")) return readPngStamp(files.bytes(path)) === stampLine(stamp);
  if (path.endsWith(".json")) {
    const { run, commit } = JSON.parse(files.text(path)) as Partial<Stamp>;
    return run === stamp.run && commit === stamp.commit;
  }
  return (files.text(path).split("\n")[0] ?? "").includes(stampLine(stamp));
}
