import { liveassistMessages, liveassistSessions } from "@liveassist/db/schema";
import type { ReplyFailure } from "@liveassist/shared/session-events";
import { eq } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { releaseUnits } from "../uploads/release-units.ts";
import { type ReplyPlace, stillWritten } from "./reply-row.ts";

/** How a reply ends. */
export type ReplyEnd =
  | { readonly status: "complete" | "stopped" | "interrupted"; readonly failure: null }
  | { readonly status: "failed"; readonly failure: ReplyFailure };

/**
 * Ends a reply with its whole text; one that failed gives the units of the message it answers back in the same
 * transaction, unless it was cut off for what was asked.
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
    if (end.status === "failed" && !isPaidFor(end)) await releaseUnits(deps, tx, replyTo);
    return true;
  });
}

/** What a filter cut off has told of the picture already; for nothing, whoever provokes the filter had no limit (requirements R5). */
const isPaidFor = ({ failure, text }: { failure: ReplyFailure | null; text: string }): boolean =>
  failure === "refused" && text.trim() !== "";
