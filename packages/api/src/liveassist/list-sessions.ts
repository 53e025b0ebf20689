import type { listSessionsInput, sessionOutput } from "@liveassist/shared/inputs/liveassist";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Lists. */
export async function listSessions(
  _deps: Deps,
  _actor: Actor,
  _input: NonNullable<z.output<typeof listSessionsInput>>,
): Promise<z.output<typeof sessionOutput>[]> {
  throw new Error("not built yet");
}
