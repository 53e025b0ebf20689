import type { doneOutput, sessionInput } from "@liveassist/shared/inputs/liveassist";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Deletes. */
export async function deleteSession(
  _deps: Deps,
  _actor: Actor,
  _input: z.output<typeof sessionInput>,
): Promise<z.output<typeof doneOutput>> {
  throw new Error("not built yet");
}
