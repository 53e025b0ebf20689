import { AppError } from "@liveassist/shared/errors";
import type { eraseUserInput, eraseUserOutput } from "@liveassist/shared/inputs/operations";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Deletes the account of somebody who asked in writing. */
export async function eraseUserFor(
  _deps: Deps,
  _actor: Actor,
  _input: z.infer<typeof eraseUserInput>,
): Promise<z.infer<typeof eraseUserOutput>> {
  throw new AppError("INTERNAL", "not built yet");
}
