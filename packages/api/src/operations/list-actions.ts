import { AppError } from "@liveassist/shared/errors";
import type { actionsOutput, listActionsInput } from "@liveassist/shared/inputs/operations";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** What administrators and commands did, newest first. */
export async function listActions(
  _deps: Deps,
  _actor: Actor,
  _input: z.infer<typeof listActionsInput>,
): Promise<z.infer<typeof actionsOutput>> {
  throw new AppError("INTERNAL", "not built yet");
}
