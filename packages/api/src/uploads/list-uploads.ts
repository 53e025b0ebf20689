import { uploads } from "@liveassist/db/schema";
import type { unsentUploadsOutput } from "@liveassist/shared/inputs/liveassist";
import { and, asc, eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { toUploadView } from "./upload-row.ts";

/** The caller's files for the assistant that were begun or finished, and not sent; the oldest first. */
export async function listUploads(deps: Deps, actor: Actor): Promise<z.output<typeof unsentUploadsOutput>> {
  const rows = await deps.db
    .select()
    .from(uploads)
    .where(
      and(
        eq(uploads.userId, actor.userId),
        eq(uploads.purpose, "liveassist"),
        inArray(uploads.state, ["uploading", "ready"]),
      ),
    )
    .orderBy(asc(uploads.expiresAt), asc(uploads.id));
  return rows.flatMap((row) =>
    row.state === "uploading" || row.state === "ready"
      ? [{ upload: toUploadView(row), state: row.state, expires_at: row.expiresAt.toISOString() }]
      : [],
  );
}
