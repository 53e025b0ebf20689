import { anyOf, type Db } from "@liveassist/db";
import { communityPosts, communityReports, outbox, users } from "@liveassist/db/schema";
import type { AuthorView, CommunityEvent } from "@liveassist/shared/community-events";
import { and, asc, desc, eq, exists, gt, isNull, max } from "drizzle-orm";
import { postColumns } from "./post-columns.ts";
import { type SharedPost, sharePosts, showAuthor, showTo } from "./show-posts.ts";

/** A change somewhere: of a post, by its revision; or of a person, by their outbox row. */
export interface Change {
  readonly id: number;
  /** The post, or the person. */
  readonly of: string;
}

/** Where to look for changes; two sequences. */
export interface Floors {
  readonly posts: number;
  readonly people: number;
}

/** Changed posts and people, as they are now, with whom a post is hidden from. */
export interface News {
  readonly posts: readonly SharedPost[];
  readonly removed: readonly string[];
  readonly hiddenFrom: ReadonlyMap<string, ReadonlySet<string>>;
  readonly authors: readonly AuthorView[];
}

/** Ids of what changed above the floors, oldest first; of posts and people each the newest `most`. */
export async function changesAfter(db: Db, floors: Floors, most: number | null = null) {
  const posts = db
    .select({ id: communityPosts.revision, of: communityPosts.id })
    .from(communityPosts)
    .where(gt(communityPosts.revision, floors.posts))
    .orderBy(desc(communityPosts.revision));
  // Whatever changes a badge or XP tells its own person so, in the same transaction.
  const people = db
    .select({ id: outbox.id, of: outbox.userId })
    .from(outbox)
    .where(gt(outbox.id, floors.people))
    .orderBy(desc(outbox.id));
  const changes: [Change[], Change[]] =
    most === null
      ? await Promise.all([posts, people])
      : await Promise.all([posts.limit(most), people.limit(most)]);
  return { posts: changes[0].reverse(), people: changes[1].reverse() };
}

/** The newest ids there are. */
export async function newestIds(db: Db): Promise<Floors> {
  const [[posts], [people]] = await Promise.all([
    db.select({ id: max(communityPosts.revision) }).from(communityPosts),
    db.select({ id: max(outbox.id) }).from(outbox),
  ]);
  return { posts: posts?.id ?? 0, people: people?.id ?? 0 };
}

/** Reads posts, people and reports as they are now. People who posted nothing are left out: nobody sees them. */
export async function readNews(
  db: Db,
  postIds: readonly string[],
  userIds: readonly string[],
): Promise<News> {
  const [rows, authors] = await Promise.all([changedPosts(db, postIds), changedAuthors(db, userIds)]);
  const posts = await sharePosts(
    db,
    rows.filter((row) => row.removedAt === null),
  );
  // After the posts: whoever reports one from here on changes it again, and is told so by that.
  const hiddenFrom = await reportersOf(
    db,
    posts.map((post) => post.id),
  );
  const removed = rows.filter((row) => row.removedAt !== null).map((row) => row.id);
  return { posts, removed, hiddenFrom, authors: authors.map(showAuthor) };
}

/** What one reader hears of it: a post they reported is gone, whatever becomes of it. */
export function newsFor(readerId: string, news: News): CommunityEvent[] {
  const gone = (postId: string): CommunityEvent => ({ type: "removed", postId });
  return [
    ...news.removed.map(gone),
    ...news.posts.map((post): CommunityEvent => {
      if (news.hiddenFrom.get(post.id)?.has(readerId)) return gone(post.id);
      return { type: "post", post: showTo(readerId, post) };
    }),
    ...news.authors.map((author): CommunityEvent => ({ type: "author", author })),
  ];
}

async function changedPosts(db: Db, postIds: readonly string[]) {
  if (postIds.length === 0) return [];
  return db
    .select(postColumns)
    .from(communityPosts)
    .innerJoin(users, eq(users.id, communityPosts.userId))
    .where(anyOf(communityPosts.id, postIds))
    .orderBy(asc(communityPosts.revision));
}

async function changedAuthors(db: Db, userIds: readonly string[]) {
  if (userIds.length === 0) return [];
  const standing = and(eq(communityPosts.userId, users.id), isNull(communityPosts.removedAt));
  return db
    .select(postColumns.author)
    .from(users)
    .where(
      and(
        anyOf(users.id, userIds),
        isNull(users.deletedAt),
        exists(db.select({ id: communityPosts.id }).from(communityPosts).where(standing)),
      ),
    );
}

async function reportersOf(db: Db, postIds: readonly string[]): Promise<Map<string, Set<string>>> {
  const reporters = new Map<string, Set<string>>();
  if (postIds.length === 0) return reporters;
  const rows = await db
    .select({ postId: communityReports.postId, by: communityReports.reporterId })
    .from(communityReports)
    .where(anyOf(communityReports.postId, postIds));
  for (const { postId, by } of rows) reporters.set(postId, (reporters.get(postId) ?? new Set()).add(by));
  return reporters;
}
