import type { Tx } from "@liveassist/db";
import { communityPosts } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { discardUploads } from "../uploads/discard-uploads.ts";
import { nextRevision } from "./post-columns.ts";

/** Takes a post from everybody: its row stays, its text and pictures go. The caller has locked its row. */
export async function takeDown(tx: Tx, { postId, at }: { postId: string; at: Date }): Promise<void> {
  await discardUploads(tx, { postId });
  await tx
    .update(communityPosts)
    .set({ text: "", removedAt: at, revision: nextRevision() })
    .where(eq(communityPosts.id, postId));
}
