import { AppError } from "@liveassist/shared/errors";
import type { exportOutput, exportUserInput } from "@liveassist/shared/inputs/operations";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Everything kept about one user. */
export async function exportUser(
  _deps: Deps,
  _actor: Actor,
  _input: z.infer<typeof exportUserInput>,
): Promise<z.infer<typeof exportOutput>> {
  throw new AppError("INTERNAL", "not built yet");
}
