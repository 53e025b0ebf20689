import { allClaims } from "./claims/all-claims.ts";
import { Files, type Judged, judgeClaim } from "./claims/claim.ts";
import { indexPage } from "./index-page.ts";
import { HTML, QUOTE, type RunFolder } from "./run-folder.ts";
import { type Runbook, runbookLines } from "./runbook.ts";

/** Holds all claims against the files as they lie there, and writes runbook, manifest and index page. Answers the verdicts. */
export function conclude(folder: RunFolder, { steps }: Runbook): Judged[] {
  const { stamp, path } = folder;
  const node = process.versions.node;
  folder.text("runbook.md", "Commands and times of the run", {
    lines: runbookLines(steps, { commit: stamp.commit, node }),
    comment: QUOTE,
  });
  const listed = [...folder.listed];
  const run = { stamp, listed, steps };
  const files = new Files(path);
  // The manifest lists what the claims judge; itself and the page come after, and carry the stamp too.
  folder.json("manifest.json", "Every file with its SHA-256", { ...stamp, node, steps, files: listed });
  const judged = allClaims(run).map((claim) => judgeClaim(claim, files));
  folder.json(
    "claims.json",
    "Every claim with its verdict",
    judged.map(({ judge: _, ...claim }) => claim),
  );
  folder.text("index.html", "The page that shows the run", {
    lines: indexPage(run, judged, files),
    comment: HTML,
  });
  return judged;
}
