import { authSessions } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { and, eq } from "drizzle-orm";
import type { Actor, Deps } from "../deps.ts";

/** Ends one of the caller's own logins, and with it its sockets on every server. Someone else's ends in `NOT_FOUND`. */
export async function revokeLogin(
  deps: Deps,
  actor: Actor,
  input: { id: string },
): Promise<{ revoked: boolean }> {
  const gone = await deps.db
    .delete(authSessions)
    .where(and(eq(authSessions.id, input.id), eq(authSessions.userId, actor.userId)))
    .returning({ id: authSessions.id });
  if (gone.length === 0) throw new AppError("NOT_FOUND", "There is no such login.");
  deps.bus.nudge("logins", actor.userId);
  return { revoked: true };
}
