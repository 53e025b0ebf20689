import { anyOf, type Tx } from "@liveassist/db";
import { liveassistMessages, uploads, usage, users } from "@liveassist/db/schema";
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { lockUserRow } from "./lock-user.ts";

type Discarded = { readonly sessionId: string } | { readonly postId: string } | { readonly userId: string };

/** What lies in the storage may go at once; what is still on its way keeps the moment it had. */
const AT_ONCE = sql`case when ${uploads.state} = 'uploading' then ${uploads.expiresAt} else ${new Date(0).toISOString()}::timestamptz end`;

/**
 * Lets go of the files of a session (before its messages are deleted), a post or a whole account: nobody sees them any
 * more, and the sweep removes them from the storage. Units stay taken, but for an account, whose books of images end.
 */
export async function discardUploads(tx: Tx, of: Discarded): Promise<void> {
  if ("userId" in of) await lockUserRow(tx, of.userId);
  await tx
    .update(uploads)
    .set({ state: "removed", expiresAt: AT_ONCE })
    .where(and(await whichOf(tx, of), inArray(uploads.state, ["uploading", "ready", "sent"])));
  if (!("userId" in of)) return;
  await tx.delete(usage).where(eq(usage.userId, of.userId));
  await tx.update(users).set({ imageCounter: 0 }).where(eq(users.id, of.userId));
}

async function whichOf(tx: Tx, of: Discarded): Promise<SQL> {
  if ("userId" in of) return eq(uploads.userId, of.userId);
  if ("postId" in of) return eq(uploads.postId, of.postId);
  const messages = await tx
    .select({ id: liveassistMessages.id })
    .from(liveassistMessages)
    .where(and(eq(liveassistMessages.sessionId, of.sessionId), eq(liveassistMessages.role, "user")));
  return anyOf(
    uploads.messageId,
    messages.map(({ id }) => id),
  );
}
