import type { replyInput, retryReplyOutput } from "@liveassist/shared/inputs/liveassist";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Tries again. */
export async function retryReply(
  _deps: Deps,
  _actor: Actor,
  _input: z.output<typeof replyInput>,
): Promise<z.output<typeof retryReplyOutput>> {
  throw new Error("not built yet");
}
