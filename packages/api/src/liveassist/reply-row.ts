import { liveassistMessages, liveassistSessions } from "@liveassist/db/schema";
import type { ReplyFailure } from "@liveassist/shared/session-events";
import { and, eq } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { releaseUnits } from "../uploads/release-units.ts";
import { LEASE_MS } from "./place-reply.ts";

/** A placeholder that waits to be written. */
export interface ReplyPlace {
  readonly replyId: string;
  readonly sessionId: string;
  readonly userId: string;
  readonly replyTo: string;
}

/** How a reply ends. */
export type ReplyEnd =
  | { readonly status: "complete" | "stopped" | "interrupted"; readonly failure: null }
  | { readonly status: "failed"; readonly failure: ReplyFailure };

const stillWritten = (replyId: string) =>
  and(eq(liveassistMessages.id, replyId), eq(liveassistMessages.status, "streaming"));

/** Where a reply belongs; null: it is over, or gone. */
export async function findPlace({ db }: Deps, replyId: string): Promise<ReplyPlace | null> {
  const { sessionId, userId, replyTo } = liveassistMessages;
  const [row] = await db
    .select({ sessionId, userId, replyTo })
    .from(liveassistMessages)
    .where(stillWritten(replyId));
  return row?.replyTo ? { ...row, replyTo: row.replyTo, replyId } : null;
}

/** Stores the text so far and renews the lease. `lost`: the reply is over or gone, and nothing was written. */
export async function checkpointReply(
  { db, clock }: Deps,
  { replyId }: ReplyPlace,
  text: string,
): Promise<"lost" | "stop" | "go"> {
  const leaseUntil = new Date(clock.wall() + LEASE_MS);
  const [row] = await db
    .update(liveassistMessages)
    .set({ text, leaseUntil })
    .where(stillWritten(replyId))
    .returning({ stopRequestedAt: liveassistMessages.stopRequestedAt });
  if (!row) return "lost";
  return row.stopRequestedAt ? "stop" : "go";
}

/**
 * Ends a reply with its whole text; one that failed gives the units of the message it answers back in the same transaction.
 * False: it was over or gone already, and nothing was written.
 */
export function finishReply(
  deps: Deps,
  place: ReplyPlace,
  end: ReplyEnd & { readonly text: string },
): Promise<boolean> {
  return deps.db.transaction(async (tx) => {
    const { sessionId, replyId, replyTo } = place;
    const { id } = liveassistSessions;
    // Only a failure goes on to the user's row, which may be locked after the session's, never before.
    if (end.status === "failed")
      await tx.select({ id }).from(liveassistSessions).where(eq(id, sessionId)).for("update");
    const ended = await tx
      .update(liveassistMessages)
      .set({ ...end, leaseUntil: null, finishedAt: new Date(deps.clock.now()) })
      .where(stillWritten(replyId))
      .returning({ id: liveassistMessages.id });
    if (ended.length === 0) return false;
    if (end.status === "failed") await releaseUnits(deps, tx, replyTo);
    return true;
  });
}
