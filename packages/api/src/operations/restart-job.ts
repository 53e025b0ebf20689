import { AppError } from "@liveassist/shared/errors";
import type { restartJobInput, restartJobOutput } from "@liveassist/shared/inputs/operations";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Has a job leave its turn and begin anew, on every server. */
export async function restartJob(
  _deps: Deps,
  _actor: Actor,
  _input: z.infer<typeof restartJobInput>,
): Promise<z.infer<typeof restartJobOutput>> {
  throw new AppError("INTERNAL", "not built yet");
}
