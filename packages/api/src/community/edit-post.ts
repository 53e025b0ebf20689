import { communityPosts } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { and, eq, isNull } from "drizzle-orm";
import type { Actor, Deps } from "../deps.ts";
import { findPost, noSuchPost } from "./find-post.ts";
import { nextRevision } from "./post-columns.ts";
import type { Post } from "./show-posts.ts";

/**
 * Changes the text of one's own post; anybody else's is `NOT_FOUND`. No text at all is allowed beside pictures only. The
 * same text again changes nothing.
 */
export async function editPost(
  deps: Deps,
  actor: Actor,
  { postId, text }: { postId: string; text: string },
): Promise<Post> {
  const { userId } = actor;
  const { post, isChanged } = await deps.db.transaction(async (tx) => {
    const [row] = await tx
      .select({ text: communityPosts.text })
      .from(communityPosts)
      .where(
        and(
          eq(communityPosts.id, postId),
          eq(communityPosts.userId, userId),
          isNull(communityPosts.removedAt),
        ),
      )
      .for("update");
    if (!row) throw noSuchPost();
    if (row.text !== text)
      await tx
        .update(communityPosts)
        .set({ text, editedAt: new Date(deps.clock.now()), revision: nextRevision() })
        .where(eq(communityPosts.id, postId));
    const edited = await findPost(tx, userId, postId);
    if (text === "" && edited.uploads.length === 0) throw nothingLeft();
    return { post: edited, isChanged: row.text !== text };
  });
  if (isChanged) deps.bus.nudge("community");
  return post;
}

function nothingLeft(): AppError {
  const message = "write something, or delete the post";
  return new AppError("INVALID_INPUT", `text: ${message}`, { issues: [{ path: "text", message }] });
}
