import { anyOf, type Db, type Tx } from "@liveassist/db";
import { uploads } from "@liveassist/db/schema";
import type { UploadView } from "@liveassist/shared/session-events";
import { and, asc, eq } from "drizzle-orm";
import { toUploadView, type UploadRow } from "./upload-row.ts";

/** The files of messages, by message, in their order; stills of videos are not among them. */
export async function uploadsOfMessages(
  db: Db | Tx,
  messageIds: readonly string[],
): Promise<Map<string, UploadView[]>> {
  if (messageIds.length === 0) return new Map();
  const isTheirs = and(anyOf(uploads.messageId, messageIds), eq(uploads.purpose, "liveassist"));
  const rows = await db
    .select()
    .from(uploads)
    .where(and(isTheirs, eq(uploads.state, "sent")))
    .orderBy(asc(uploads.position));
  return viewsBy(rows, (row) => row.messageId);
}

/** The pictures of posts, by post, in their order. */
export async function uploadsOfPosts(
  db: Db | Tx,
  postIds: readonly string[],
): Promise<Map<string, UploadView[]>> {
  if (postIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(uploads)
    .where(and(anyOf(uploads.postId, postIds), eq(uploads.state, "sent")))
    .orderBy(asc(uploads.position));
  return viewsBy(rows, (row) => row.postId);
}

function viewsBy(
  rows: readonly UploadRow[],
  of: (row: UploadRow) => string | null,
): Map<string, UploadView[]> {
  const views = new Map<string, UploadView[]>();
  for (const row of rows) {
    const id = of(row);
    if (id !== null) views.set(id, [...(views.get(id) ?? []), toUploadView(row)]);
  }
  return views;
}
