import { anyOf } from "@liveassist/db";
import { communityPosts, communityReports, users } from "@liveassist/db/schema";
import type { reportsOutput } from "@liveassist/shared/inputs/community";
import { and, asc, eq, isNull, min } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { postColumns } from "./post-columns.ts";
import { sharePosts, showTo } from "./show-posts.ts";

/** What a person can look through at a time. */
const MOST = 100;

/** Reported posts that nobody has looked at and that still stand, longest waiting first, with who said what. */
export async function listReports(deps: Deps, actor: Actor): Promise<z.output<typeof reportsOutput>> {
  const open = isNull(communityReports.resolvedAt);
  const waiting = deps.db
    .select({ postId: communityReports.postId, since: min(communityReports.createdAt).as("since") })
    .from(communityReports)
    .where(open)
    .groupBy(communityReports.postId)
    .as("waiting");
  const rows = await deps.db
    .select(postColumns)
    .from(communityPosts)
    .innerJoin(users, eq(users.id, communityPosts.userId))
    .innerJoin(waiting, eq(waiting.postId, communityPosts.id))
    .where(isNull(communityPosts.removedAt))
    .orderBy(asc(waiting.since), asc(communityPosts.seq))
    .limit(MOST);
  if (rows.length === 0) return [];
  const reports = await deps.db
    .select()
    .from(communityReports)
    .where(
      and(
        anyOf(
          communityReports.postId,
          rows.map((row) => row.id),
        ),
        open,
      ),
    )
    .orderBy(asc(communityReports.createdAt), asc(communityReports.reporterId));
  const posts = await sharePosts(deps.db, rows);
  return posts.map((post) => ({
    post: showTo(actor.userId, post),
    reports: reports
      .filter((report) => report.postId === post.id)
      .map(({ reporterId, reason, createdAt }) => ({
        reporter_id: reporterId,
        reason,
        created_at: createdAt.toISOString(),
      })),
  }));
}
