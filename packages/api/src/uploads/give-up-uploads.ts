import { anyOf, type Tx } from "@liveassist/db";
import { uploads } from "@liveassist/db/schema";
import type { ErrorCode } from "@liveassist/shared/errors";
import { and, eq, or, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { releaseUnit } from "./release-unit.ts";
import type { UploadRow } from "./upload-row.ts";

/** An unfinished upload may still be on its way into the storage; its row outlives that, so that the file is found. */
export const ON_ITS_WAY_MS = 60 * 60_000;

interface GivingUp {
  readonly userId: string;
  readonly uploadIds: readonly string[];
  readonly state: "failed" | "removed";
  readonly failure: ErrorCode | null;
}

/**
 * Ends unsent uploads and the stills of their videos, and gives their units back. `expires_at` says from now on when the
 * sweep may take files and row. Under the user's row lock only; what was sent or has ended is left alone.
 */
export async function giveUpUploads(deps: Deps, tx: Tx, givingUp: GivingUp): Promise<UploadRow[]> {
  const { userId, uploadIds, state, failure } = givingUp;
  const now = deps.clock.now();
  const isOne = or(anyOf(uploads.id, uploadIds), anyOf(uploads.frameOf, uploadIds));
  const ended = await tx
    .update(uploads)
    .set({
      state,
      failure,
      expiresAt: sql`case when ${uploads.state} = 'uploading' then ${new Date(now + ON_ITS_WAY_MS).toISOString()}::timestamptz
        else ${new Date(now).toISOString()}::timestamptz end`,
    })
    .where(and(eq(uploads.userId, userId), isOne, sql`${uploads.state} in ('uploading', 'ready')`))
    .returning();
  await releaseUnit(deps, tx, { userId, uploadIds: ended.map(({ id }) => id) });
  return ended;
}
