import type { Tx } from "@liveassist/db";
import { communityPosts } from "@liveassist/db/schema";
import type { createPostInput } from "@liveassist/shared/inputs/community";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { lockUser } from "../uploads/lock-user.ts";
import { postUploads } from "../uploads/post-uploads.ts";
import { findPost } from "./find-post.ts";
import { nextRevision } from "./post-columns.ts";
import type { Post } from "./show-posts.ts";

type NewPost = z.output<typeof createPostInput>;

/**
 * Posts, with the caller's community pictures. The same `clientPostId` again gives the same post as it is by now, also at
 * the same instant; `NOT_FOUND` when it was removed since. Ends in what `postUploads` says of a picture.
 */
export async function createPost(deps: Deps, actor: Actor, input: NewPost): Promise<Post> {
  const { userId } = actor;
  const { post, isNew } = await deps.db.transaction(async (tx) => {
    // One at a time a user: whoever comes second finds the post, and its pictures bound.
    await lockUser(tx, userId);
    const known = await earlierPost(tx, userId, input.clientPostId);
    const postId = known ?? (await addPost(deps, tx, { userId, input }));
    return { post: await findPost(tx, userId, postId), isNew: known === null };
  });
  if (isNew) deps.bus.nudge("community");
  return post;
}

async function earlierPost(tx: Tx, userId: string, clientPostId: string): Promise<string | null> {
  const [row] = await tx
    .select({ id: communityPosts.id })
    .from(communityPosts)
    .where(and(eq(communityPosts.userId, userId), eq(communityPosts.clientPostId, clientPostId)));
  return row?.id ?? null;
}

async function addPost(
  deps: Deps,
  tx: Tx,
  { userId, input }: { userId: string; input: NewPost },
): Promise<string> {
  const postId = deps.random.uuid();
  const uploadIds = input.uploadIds ?? [];
  if (uploadIds.length > 0) await postUploads(tx, { userId, uploadIds, postId });
  await tx.insert(communityPosts).values({
    id: postId,
    userId,
    text: input.text,
    clientPostId: input.clientPostId,
    createdAt: new Date(deps.clock.now()),
    revision: nextRevision(),
  });
  return postId;
}
