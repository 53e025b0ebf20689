import { liveassistSessions } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import type { doneOutput, renameSessionInput } from "@liveassist/shared/inputs/liveassist";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Gives a session another title; that is no use of it, so its place in the list stays. `NOT_FOUND` unless one's own. */
export async function renameSession(
  deps: Deps,
  actor: Actor,
  { sessionId, title }: z.output<typeof renameSessionInput>,
): Promise<z.output<typeof doneOutput>> {
  const renamed = await deps.db
    .update(liveassistSessions)
    .set({ title })
    .where(and(eq(liveassistSessions.id, sessionId), eq(liveassistSessions.userId, actor.userId)))
    .returning({ id: liveassistSessions.id });
  if (renamed.length === 0) throw new AppError("NOT_FOUND", "There is no such session.");
  return { done: true };
}
