import { AppError } from "@liveassist/shared/errors";
import type { jobsOutput } from "@liveassist/shared/inputs/operations";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** How each job of each living server is doing. */
export async function listJobs(_deps: Deps, _actor: Actor): Promise<z.infer<typeof jobsOutput>> {
  throw new AppError("INTERNAL", "not built yet");
}
