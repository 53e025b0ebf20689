import type { replyInput, stopReplyOutput } from "@liveassist/shared/inputs/liveassist";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Stops. */
export async function stopReply(
  _deps: Deps,
  _actor: Actor,
  _input: z.output<typeof replyInput>,
): Promise<z.output<typeof stopReplyOutput>> {
  throw new Error("not built yet");
}
