import { communityPosts, communityReports, users } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { and, eq, isNull } from "drizzle-orm";
import type { Actor, Deps } from "../deps.ts";
import { noSuchPost } from "./find-post.ts";
import { nextRevision } from "./post-columns.ts";

/**
 * Reports a post: from now on its reporter does not see it, and administrators do. Again is harmless, and the first reason
 * stands. One's own post is `INVALID_INPUT`, a removed one `NOT_FOUND`.
 */
export async function reportPost(
  deps: Deps,
  actor: Actor,
  { postId, reason }: { postId: string; reason: string },
): Promise<{ done: true }> {
  const reporterId = actor.userId;
  await deps.db.transaction(async (tx) => {
    // Held, so that no report of a person outlives their account.
    const [reporter] = await tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.id, reporterId), isNull(users.deletedAt)))
      .for("share");
    if (!reporter) throw new AppError("UNAUTHENTICATED", "Sign in first.");
    const [post] = await tx
      .select({ userId: communityPosts.userId, removedAt: communityPosts.removedAt })
      .from(communityPosts)
      .where(eq(communityPosts.id, postId))
      .for("update");
    if (!post) throw noSuchPost();
    if (post.userId === reporterId)
      throw new AppError("INVALID_INPUT", "This post is your own: you can delete it instead.");
    const mine = and(eq(communityReports.postId, postId), eq(communityReports.reporterId, reporterId));
    const [earlier] = await tx.select({ at: communityReports.createdAt }).from(communityReports).where(mine);
    if (earlier) return;
    if (post.removedAt !== null) throw noSuchPost();
    await tx.insert(communityReports).values({ postId, reporterId, reason });
    // The reporter's other pages take it for gone; to everybody else it is the post they have.
    await tx.update(communityPosts).set({ revision: nextRevision() }).where(eq(communityPosts.id, postId));
  });
  deps.bus.nudge("community");
  return { done: true };
}
