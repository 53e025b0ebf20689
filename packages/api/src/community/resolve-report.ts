import { communityPosts, communityReports } from "@liveassist/db/schema";
import { and, eq, isNull } from "drizzle-orm";
import type { Actor, Deps } from "../deps.ts";
import { noSuchPost } from "./find-post.ts";
import { takeDown } from "./take-down.ts";

/**
 * Says of a reported post that it was looked at: `kept`, or `removed` for everybody with its pictures. A post kept before
 * may still be removed; again is harmless. A post that nobody reported is `NOT_FOUND`.
 */
export async function resolveReport(
  deps: Deps,
  actor: Actor,
  { postId, resolution }: { postId: string; resolution: "kept" | "removed" },
): Promise<{ done: true }> {
  const at = new Date(deps.clock.now());
  await deps.db.transaction(async (tx) => {
    const [post] = await tx
      .select({ removedAt: communityPosts.removedAt })
      .from(communityPosts)
      .where(eq(communityPosts.id, postId))
      .for("update");
    const ofPost = eq(communityReports.postId, postId);
    const reports = await tx.select({ by: communityReports.reporterId }).from(communityReports).where(ofPost);
    if (!post || reports.length === 0) throw noSuchPost();
    if (resolution === "removed" && post.removedAt === null) await takeDown(tx, { postId, at });
    await tx
      .update(communityReports)
      .set({ resolvedAt: at, resolution })
      .where(and(ofPost, isNull(communityReports.resolvedAt)));
  });
  deps.log.info({ postId, resolution, by: actor.userId }, "reported post looked at");
  deps.bus.nudge("community");
  return { done: true };
}
