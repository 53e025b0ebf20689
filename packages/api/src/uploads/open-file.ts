import { communityPosts, communityReports, uploads } from "@liveassist/db/schema";
import { and, eq, isNull } from "drizzle-orm";
import type { Actor, Deps } from "../deps.ts";
import { noSuchUpload } from "./find-upload.ts";
import { isUploadId, type UploadRow } from "./upload-row.ts";

/** Where a file lies, and as what it is served. */
export interface OpenFile {
  readonly key: string;
  readonly mediaType: string;
  readonly filename: string;
}

/**
 * One's own file, or a picture of a post that may be seen: neither removed nor, for who reported it, hidden. Anything else
 * is `NOT_FOUND` (design I10), also a preview where there is none.
 */
export async function openFile(
  deps: Deps,
  actor: Actor,
  input: { readonly uploadId: string; readonly preview: boolean },
): Promise<OpenFile> {
  if (!isUploadId(input.uploadId)) throw noSuchUpload();
  const [row] = await deps.db.select().from(uploads).where(eq(uploads.id, input.uploadId));
  if (!row || !(await maySee(deps, actor, row))) throw noSuchUpload();
  const key = input.preview ? row.previewKey : row.storageKey;
  if (key === null) throw noSuchUpload();
  // Previews are always WebP, whatever the picture is (media-port.ts).
  return { key, mediaType: input.preview ? "image/webp" : row.mediaType, filename: row.filename };
}

async function maySee(deps: Deps, actor: Actor, row: UploadRow): Promise<boolean> {
  if (row.state !== "ready" && row.state !== "sent") return false;
  if (row.userId === actor.userId) return true;
  return row.purpose === "community" && row.postId !== null && isShown(deps, actor, row.postId);
}

async function isShown(deps: Deps, actor: Actor, postId: string): Promise<boolean> {
  const [post] = await deps.db
    .select({ reporterId: communityReports.reporterId })
    .from(communityPosts)
    .leftJoin(
      communityReports,
      and(eq(communityReports.postId, communityPosts.id), eq(communityReports.reporterId, actor.userId)),
    )
    .where(and(eq(communityPosts.id, postId), isNull(communityPosts.removedAt)));
  return post !== undefined && (post.reporterId === null || actor.role === "admin");
}
