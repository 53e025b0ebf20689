import type { listMessagesInput, messageOutput } from "@liveassist/shared/inputs/liveassist";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Lists. */
export async function listMessages(
  _deps: Deps,
  _actor: Actor,
  _input: z.output<typeof listMessagesInput>,
): Promise<z.output<typeof messageOutput>[]> {
  throw new Error("not built yet");
}
