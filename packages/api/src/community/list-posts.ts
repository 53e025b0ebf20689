import { communityPosts, users } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import type { listPostsInput } from "@liveassist/shared/inputs/community";
import { and, desc, eq, lt } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { postColumns, seenBy } from "./post-columns.ts";
import { sharePosts, showTo } from "./show-posts.ts";

/**
 * A page of posts, newest first, without what was removed or what the reader reported. A page goes on below the last
 * post of the one before, so new posts shift nothing. Throws `INVALID_INPUT` for a cursor that is none of ours.
 */
export async function listPosts(
  deps: Deps,
  actor: Actor,
  { cursor, limit, author }: NonNullable<z.output<typeof listPostsInput>>,
) {
  const { seq, userId } = communityPosts;
  const below = readCursor(cursor);
  const rows = await deps.db
    .select(postColumns)
    .from(communityPosts)
    .innerJoin(users, eq(users.id, userId))
    .where(
      and(
        seenBy(actor.userId),
        below === null ? undefined : lt(seq, below),
        author === undefined ? undefined : eq(userId, author),
      ),
    )
    .orderBy(desc(seq))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const posts = await sharePosts(deps.db, page);
  return {
    posts: posts.map((post) => showTo(actor.userId, post)),
    next: rows.length > limit && last !== undefined ? String(last.seq) : null,
  };
}

function readCursor(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  if (!/^\d{1,15}$/.test(cursor)) throw new AppError("INVALID_INPUT", "cursor: is not one of ours");
  return Number(cursor);
}
