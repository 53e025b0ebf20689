import type { Db, Tx } from "@liveassist/db";
import { communityPosts, users } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { and, eq } from "drizzle-orm";
import { postColumns, seenBy } from "./post-columns.ts";
import { type Post, sharePosts, showTo } from "./show-posts.ts";

/** The same for every post a reader may not see, whatever the reason. */
export const noSuchPost = (): AppError => new AppError("NOT_FOUND", "There is no such post.");

/** A post as this reader sees it; `NOT_FOUND` when they see none. */
export async function findPost(db: Db | Tx, readerId: string, postId: string): Promise<Post> {
  const rows = await db
    .select(postColumns)
    .from(communityPosts)
    .innerJoin(users, eq(users.id, communityPosts.userId))
    .where(and(eq(communityPosts.id, postId), seenBy(readerId)));
  const [post] = await sharePosts(db, rows);
  if (!post) throw noSuchPost();
  return showTo(readerId, post);
}
