import type { Tx } from "@liveassist/db";
import { liveassistMessages, liveassistSessions } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import type { replyInput, retryReplyOutput } from "@liveassist/shared/inputs/liveassist";
import { and, asc, desc, eq, gt } from "drizzle-orm";
import type { z } from "zod";
import { freshenPlan } from "../billing/plan-now.ts";
import type { Actor, Deps } from "../deps.ts";
import { retakeUnits } from "../uploads/retake-units.ts";
import { findMessage, lockSession } from "./own-session.ts";
import { placeReply } from "./place-reply.ts";
import type { MessageRow } from "./turns.ts";

/**
 * Has the last reply written anew when it failed, was interrupted or stopped; again, and at the same time, gives the same
 * answer. A failed one cost nothing, so its units are taken again. Ends in `NOT_FOUND`, `REPLY_RUNNING`, `NOT_RETRYABLE`
 * or `IMAGE_DAY_LIMIT`.
 */
export async function retryReply(
  deps: Deps,
  actor: Actor,
  { sessionId, replyId: oldId }: z.output<typeof replyInput>,
): Promise<z.output<typeof retryReplyOutput>> {
  const { userId } = actor;
  await freshenPlan(deps, userId);
  const { replyId, isNew } = await deps.db.transaction(async (tx) => {
    await lockSession(tx, { sessionId, userId });
    const old = await findMessage(tx, { sessionId, userId, messageId: oldId });
    const replyTo = old.replyTo;
    if (replyTo === null) throw new AppError("NOT_FOUND", "There is no such reply.");
    if (old.status === "superseded") return { replyId: await successorOf(tx, old), isNew: false };
    await refuseUnlessRetryable(tx, old);
    // Before the insert, whose foreign key locks the user's row a little.
    if (old.status === "failed") await retakeUnits(deps, tx, { userId, messageId: replyTo });
    await tx
      .update(liveassistMessages)
      .set({ status: "superseded" })
      .where(eq(liveassistMessages.id, old.id));
    const placed = await placeReply(deps, tx, { sessionId, userId, replyTo });
    await tx
      .update(liveassistSessions)
      .set({ lastActiveAt: new Date(deps.clock.now()) })
      .where(eq(liveassistSessions.id, sessionId));
    return { replyId: placed, isNew: true };
  });
  if (isNew) {
    deps.log.info(
      { userId, liveassistSessionId: sessionId, replyId, superseded: oldId },
      "reply tried again",
    );
    deps.replies.begin(replyId);
    deps.bus.nudge("session", sessionId);
  }
  return { replyId };
}

/** What took its place, told to whoever asks again. */
async function successorOf(tx: Tx, old: MessageRow): Promise<string> {
  const { id, seq, sessionId, replyTo } = liveassistMessages;
  const [next] = await tx
    .select({ id })
    .from(liveassistMessages)
    .where(and(eq(sessionId, old.sessionId), eq(replyTo, old.replyTo ?? old.id), gt(seq, old.seq)))
    .orderBy(asc(seq))
    .limit(1);
  if (!next) throw new Error("a superseded reply without its successor");
  return next.id;
}

async function refuseUnlessRetryable(tx: Tx, old: MessageRow): Promise<void> {
  if (old.status === "streaming") throw new AppError("REPLY_RUNNING", "The assistant is still answering.");
  const [last] = await tx
    .select({ id: liveassistMessages.id })
    .from(liveassistMessages)
    .where(eq(liveassistMessages.sessionId, old.sessionId))
    .orderBy(desc(liveassistMessages.seq))
    .limit(1);
  if (old.status === "complete" || last?.id !== old.id) {
    throw new AppError(
      "NOT_RETRYABLE",
      "Only the last reply can be tried again, when it did not come to its end.",
    );
  }
}
