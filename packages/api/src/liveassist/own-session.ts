import type { Db, Tx } from "@liveassist/db";
import { liveassistMessages, liveassistSessions } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { and, eq } from "drizzle-orm";

interface Named {
  readonly sessionId: string;
  readonly userId: string;
}

const nothing = (): AppError => new AppError("NOT_FOUND", "There is no such session.");
const owned = ({ sessionId, userId }: Named) =>
  and(eq(liveassistSessions.id, sessionId), eq(liveassistSessions.userId, userId));

/** One's own session; a deleted or someone else's is `NOT_FOUND` (design I10). */
export async function findSession(db: Db, named: Named): Promise<typeof liveassistSessions.$inferSelect> {
  const [session] = await db.select().from(liveassistSessions).where(owned(named));
  if (!session) throw nothing();
  return session;
}

/** The same, locked: whoever changes a thread's turns holds it, before the user's row and the uploads. */
export async function lockSession(tx: Tx, named: Named): Promise<typeof liveassistSessions.$inferSelect> {
  const [session] = await tx.select().from(liveassistSessions).where(owned(named)).for("update");
  if (!session) throw nothing();
  return session;
}

/** A message of one's own session, by its id; `NOT_FOUND` otherwise. */
export async function findMessage(
  db: Db | Tx,
  { sessionId, userId, messageId }: Named & { messageId: string },
): Promise<typeof liveassistMessages.$inferSelect> {
  const [message] = await db
    .select()
    .from(liveassistMessages)
    .where(
      and(
        eq(liveassistMessages.id, messageId),
        eq(liveassistMessages.sessionId, sessionId),
        eq(liveassistMessages.userId, userId),
      ),
    );
  if (!message) throw new AppError("NOT_FOUND", "There is no such message.");
  return message;
}
