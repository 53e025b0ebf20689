import { communityPosts, communityReports, users } from "@liveassist/db/schema";
import { and, isNull, type SQL, sql } from "drizzle-orm";

/** What is read of a post and its author; to be joined with `users`. */
export const postColumns = {
  id: communityPosts.id,
  seq: communityPosts.seq,
  text: communityPosts.text,
  createdAt: communityPosts.createdAt,
  editedAt: communityPosts.editedAt,
  removedAt: communityPosts.removedAt,
  author: {
    id: users.id,
    name: users.name,
    plan: users.subscriptionStatus,
    xp: users.xp,
  },
};

/** One row of `postColumns`. */
export interface PostRow {
  readonly id: string;
  readonly seq: number;
  readonly text: string;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
  readonly removedAt: Date | null;
  readonly author: AuthorRow;
}

/** An author as stored. */
export interface AuthorRow {
  readonly id: string;
  readonly name: string;
  readonly plan: (typeof users.$inferSelect)["subscriptionStatus"];
  readonly xp: number;
}

/** Posts that this reader sees: neither removed nor reported by them. */
export const seenBy = (readerId: string): SQL | undefined =>
  and(
    isNull(communityPosts.removedAt),
    sql`not exists (select 1 from ${communityReports} where ${communityReports.postId} = ${communityPosts.id}
      and ${communityReports.reporterId} = ${readerId})`,
  );

/** The number of a change; whoever changes a post writes it, else no open page hears of it. */
export const nextRevision = (): SQL<number> =>
  sql<number>`nextval(pg_get_serial_sequence('community_posts', 'seq'))`;
