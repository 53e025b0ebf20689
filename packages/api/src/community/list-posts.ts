import type { listPostsInput, postsOutput } from "@liveassist/shared/inputs/community";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Lists. */
export async function listPosts(
  _deps: Deps,
  _actor: Actor,
  _input: NonNullable<z.output<typeof listPostsInput>>,
): Promise<z.output<typeof postsOutput>> {
  throw new Error("not built yet");
}
