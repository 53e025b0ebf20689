import type { FileRow, Rows } from "../rows.ts";
import type { Stage } from "../stage.ts";

/** After quiet and a sweep nothing waits that is overdue, and the storage keeps what rows say, no more (design I9). */
export function checkQuotaAtRest(stage: Stage, rows: Rows, kept: ReadonlySet<string>): void {
  for (const file of rows.files) {
    const isUnsent = file.state === "uploading" || file.state === "ready";
    if (isUnsent && new Date(file.expires_at).getTime() <= stage.now())
      stage.faults.push(`after quiet ${file.id} is ${file.state}, although it waited for more than a day`);
    for (const key of keysNeeded(file))
      if (!kept.has(key)) stage.faults.push(`after quiet ${key} is ${file.state} and is not kept`);
  }
  const known = new Set(rows.files.flatMap(keysOf));
  for (const key of kept)
    if (!known.has(key)) stage.faults.push(`after quiet ${key} is kept and no row knows of it`);
}

const keysOf = ({ id, purpose }: FileRow): string[] => [
  `${purpose === "community" ? "community" : "liveassist"}/${id}`,
  `preview/${id}`,
];

/** What has to be there to be shown; a video has no preview. */
function keysNeeded(file: FileRow): string[] {
  if (file.state !== "ready" && file.state !== "sent") return [];
  return keysOf(file).slice(0, file.kind === "image" ? 2 : 1);
}
