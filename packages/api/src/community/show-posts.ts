import type { Db, Tx } from "@liveassist/db";
import type { AuthorView } from "@liveassist/shared/community-events";
import type { postOutput } from "@liveassist/shared/inputs/community";
import { isPremium } from "@liveassist/shared/plans";
import type { z } from "zod";
import { uploadsOfPosts } from "../uploads/upload-views.ts";
import type { AuthorRow, PostRow } from "./post-columns.ts";

/** A post as one reader sees it, on the wire. */
export type Post = z.output<typeof postOutput>;

/** A post as everybody sees it; whose it is, is for the reader to compare. */
export type SharedPost = Omit<Post, "own">;

/** Authors as others see them: the badge is the plan as last stored (requirements R7), and never an address. */
export const showAuthor = ({ id, name, plan, xp }: AuthorRow): AuthorView => ({
  id,
  name,
  premium_badge: isPremium(plan),
  xp,
});

/** Rows as posts with their pictures, in the same order. */
export async function sharePosts(db: Db | Tx, rows: readonly PostRow[]): Promise<SharedPost[]> {
  if (rows.length === 0) return [];
  const uploads = await uploadsOfPosts(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    id: row.id,
    author: showAuthor(row.author),
    text: row.text,
    uploads: uploads.get(row.id) ?? [],
    created_at: row.createdAt.toISOString(),
    edited_at: row.editedAt?.toISOString() ?? null,
  }));
}

/** A post as this reader sees it. */
export const showTo = (readerId: string, post: SharedPost): Post => ({
  ...post,
  own: post.author.id === readerId,
});
