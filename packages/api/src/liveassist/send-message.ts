import type { sendMessageInput, sendMessageOutput } from "@liveassist/shared/inputs/liveassist";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Sends. */
export async function sendMessage(
  _deps: Deps,
  _actor: Actor,
  _input: z.output<typeof sendMessageInput>,
): Promise<z.output<typeof sendMessageOutput>> {
  throw new Error("not built yet");
}
