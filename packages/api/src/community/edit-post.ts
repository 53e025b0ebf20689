import type { editPostInput, postOutput } from "@liveassist/shared/inputs/community";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Edits. */
export async function editPost(
  _deps: Deps,
  _actor: Actor,
  _input: z.output<typeof editPostInput>,
): Promise<z.output<typeof postOutput>> {
  throw new Error("not built yet");
}
