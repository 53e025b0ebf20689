import type { doneOutput, renameSessionInput } from "@liveassist/shared/inputs/liveassist";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Renames. */
export async function renameSession(
  _deps: Deps,
  _actor: Actor,
  _input: z.output<typeof renameSessionInput>,
): Promise<z.output<typeof doneOutput>> {
  throw new Error("not built yet");
}
