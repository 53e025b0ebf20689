import type { profileInput, profileOutput } from "@liveassist/shared/inputs/community";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Reads. */
export async function readProfile(
  _deps: Deps,
  _actor: Actor,
  _input: z.output<typeof profileInput>,
): Promise<z.output<typeof profileOutput>> {
  throw new Error("not built yet");
}
