import { liveassistSessions } from "@liveassist/db/schema";
import type { doneOutput, sessionInput } from "@liveassist/shared/inputs/liveassist";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { discardUploads } from "../uploads/discard-uploads.ts";
import { lockSession } from "./own-session.ts";

/**
 * Deletes a session with its messages and files. Whoever writes a reply in it finds no row to write to, and stops; whoever
 * follows it hears the end. `NOT_FOUND` unless one's own.
 */
export async function deleteSession(
  deps: Deps,
  actor: Actor,
  { sessionId }: z.output<typeof sessionInput>,
): Promise<z.output<typeof doneOutput>> {
  const { userId } = actor;
  await deps.db.transaction(async (tx) => {
    await lockSession(tx, { sessionId, userId });
    await discardUploads(tx, { sessionId });
    await tx.delete(liveassistSessions).where(eq(liveassistSessions.id, sessionId));
  });
  deps.bus.nudge("session", sessionId);
  deps.log.info({ userId, liveassistSessionId: sessionId }, "a session was deleted");
  return { done: true };
}
