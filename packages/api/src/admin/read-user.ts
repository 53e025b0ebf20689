import { AppError } from "@liveassist/shared/errors";
import type { readUserInput, userOutput } from "@liveassist/shared/inputs/operations";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** One user with their customers and subscriptions. */
export async function readUser(
  _deps: Deps,
  _actor: Actor,
  _input: z.infer<typeof readUserInput>,
): Promise<z.infer<typeof userOutput>> {
  throw new AppError("INTERNAL", "not built yet");
}
