import type { postInput } from "@liveassist/shared/inputs/community";
import type { doneOutput } from "@liveassist/shared/inputs/liveassist";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Deletes. */
export async function deletePost(
  _deps: Deps,
  _actor: Actor,
  _input: z.output<typeof postInput>,
): Promise<z.output<typeof doneOutput>> {
  throw new Error("not built yet");
}
