import type { Tx } from "@liveassist/db";
import { communityPosts, communityReports, liveassistSessions } from "@liveassist/db/schema";
import { and, eq, isNull } from "drizzle-orm";
import { nextRevision } from "../community/post-columns.ts";
import { discardUploads } from "../uploads/discard-uploads.ts";

/** Locks a user's sessions. Before their row, as everywhere, so that nobody who sends a message waits in a circle. */
export async function lockSessions(tx: Tx, userId: string): Promise<void> {
  const { id } = liveassistSessions;
  await tx
    .select({ id })
    .from(liveassistSessions)
    .where(eq(liveassistSessions.userId, userId))
    .orderBy(id)
    .for("update");
}

/**
 * Takes away what a user wrote and sent: sessions with their messages, files, posts, and their reports of others' posts.
 * Answers the ids of the sessions. Under the user's row lock; removed posts keep an empty row, so that open pages hear of it.
 */
export async function eraseContent(
  tx: Tx,
  { userId, at }: { readonly userId: string; readonly at: Date },
): Promise<string[]> {
  await tx
    .update(communityPosts)
    .set({ text: "", removedAt: at, revision: nextRevision() })
    .where(and(eq(communityPosts.userId, userId), isNull(communityPosts.removedAt)));
  await tx.delete(communityReports).where(eq(communityReports.reporterId, userId));
  await discardUploads(tx, { userId });
  const sessions = await tx
    .delete(liveassistSessions)
    .where(eq(liveassistSessions.userId, userId))
    .returning({ id: liveassistSessions.id });
  return sessions.map(({ id }) => id);
}
