import { AppError } from "@liveassist/shared/errors";
import type { assignEventInput, assignEventOutput } from "@liveassist/shared/inputs/operations";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Says whose the customer of a dead letter is, and works on its dead letters again. */
export async function assignEvent(
  _deps: Deps,
  _actor: Actor,
  _input: z.infer<typeof assignEventInput>,
): Promise<z.infer<typeof assignEventOutput>> {
  throw new AppError("INTERNAL", "not built yet");
}
