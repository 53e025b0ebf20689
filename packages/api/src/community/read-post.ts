import type { postInput, postOutput } from "@liveassist/shared/inputs/community";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Reads. */
export async function readPost(
  _deps: Deps,
  _actor: Actor,
  _input: z.output<typeof postInput>,
): Promise<z.output<typeof postOutput>> {
  throw new Error("not built yet");
}
