import type { createSessionOutput } from "@liveassist/shared/inputs/liveassist";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Begins a session. */
export async function createSession(
  _deps: Deps,
  _actor: Actor,
): Promise<z.output<typeof createSessionOutput>> {
  throw new Error("not built yet");
}
