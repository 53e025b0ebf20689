import { communityPosts } from "@liveassist/db/schema";
import { and, eq } from "drizzle-orm";
import type { Actor, Deps } from "../deps.ts";
import { noSuchPost } from "./find-post.ts";
import { takeDown } from "./take-down.ts";

/** Deletes one's own post with its pictures; anybody else's is `NOT_FOUND`. Again is harmless. */
export async function deletePost(
  deps: Deps,
  actor: Actor,
  { postId }: { postId: string },
): Promise<{ done: true }> {
  await deps.db.transaction(async (tx) => {
    const [row] = await tx
      .select({ removedAt: communityPosts.removedAt })
      .from(communityPosts)
      .where(and(eq(communityPosts.id, postId), eq(communityPosts.userId, actor.userId)))
      .for("update");
    if (!row) throw noSuchPost();
    if (row.removedAt === null) await takeDown(tx, { postId, at: new Date(deps.clock.now()) });
  });
  deps.bus.nudge("community");
  return { done: true };
}
