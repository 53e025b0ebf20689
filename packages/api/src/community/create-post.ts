import type { createPostInput, postOutput } from "@liveassist/shared/inputs/community";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Posts. */
export async function createPost(
  _deps: Deps,
  _actor: Actor,
  _input: z.output<typeof createPostInput>,
): Promise<z.output<typeof postOutput>> {
  throw new Error("not built yet");
}
