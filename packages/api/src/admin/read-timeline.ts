import { AppError } from "@liveassist/shared/errors";
import type { timelineInput, timelineOutput } from "@liveassist/shared/inputs/operations";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** The story of one user, newest first. */
export async function readTimeline(
  _deps: Deps,
  _actor: Actor,
  _input: z.infer<typeof timelineInput>,
): Promise<z.infer<typeof timelineOutput>> {
  throw new AppError("INTERNAL", "not built yet");
}
