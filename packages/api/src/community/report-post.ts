import type { reportPostInput } from "@liveassist/shared/inputs/community";
import type { doneOutput } from "@liveassist/shared/inputs/liveassist";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Reports. */
export async function reportPost(
  _deps: Deps,
  _actor: Actor,
  _input: z.output<typeof reportPostInput>,
): Promise<z.output<typeof doneOutput>> {
  throw new Error("not built yet");
}
