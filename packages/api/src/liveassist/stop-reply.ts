import { liveassistMessages } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import type { replyInput, stopReplyOutput } from "@liveassist/shared/inputs/liveassist";
import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { findMessage } from "./own-session.ts";

/**
 * Asks whoever writes a reply to stop; it does so at once, or at its next checkpoint, and what is there stays. False: it
 * was over already. `NOT_FOUND` unless it is one's own (design I13).
 */
export async function stopReply(
  deps: Deps,
  actor: Actor,
  { sessionId, replyId }: z.output<typeof replyInput>,
): Promise<z.output<typeof stopReplyOutput>> {
  const own = { sessionId, userId: actor.userId };
  const { role } = await findMessage(deps.db, { ...own, messageId: replyId });
  if (role !== "assistant") throw new AppError("NOT_FOUND", "There is no such reply.");
  const { stopRequestedAt } = liveassistMessages;
  const wish = new Date(deps.clock.wall()).toISOString();
  const asked = await deps.db
    .update(liveassistMessages)
    .set({ stopRequestedAt: sql`coalesce(${stopRequestedAt}, ${wish}::timestamptz)` })
    .where(and(eq(liveassistMessages.id, replyId), eq(liveassistMessages.status, "streaming")))
    .returning({ id: liveassistMessages.id });
  if (asked.length === 0) return { stopped: false };
  deps.log.info({ userId: own.userId, liveassistSessionId: sessionId, replyId }, "reply asked to stop");
  deps.bus.nudge("session", sessionId);
  return { stopped: true };
}
