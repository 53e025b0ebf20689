import { AppError } from "@liveassist/shared/errors";
import type { listUsersInput, usersOutput } from "@liveassist/shared/inputs/operations";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Users by the beginning of a name or e-mail, or by an id of theirs; newest first. */
export async function listUsers(
  _deps: Deps,
  _actor: Actor,
  _input: z.infer<typeof listUsersInput>,
): Promise<z.infer<typeof usersOutput>> {
  throw new AppError("INTERNAL", "not built yet");
}
