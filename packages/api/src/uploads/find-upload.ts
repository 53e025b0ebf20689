import type { uploads } from "@liveassist/db/schema";
import type { Actor, Deps } from "../deps.ts";

/** One's own upload; anybody else's is `NOT_FOUND`. */
export async function findUpload(
  _deps: Deps,
  _actor: Actor,
  _uploadId: string,
): Promise<typeof uploads.$inferSelect> {
  throw new Error("not built yet");
}
