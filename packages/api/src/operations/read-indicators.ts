import { AppError } from "@liveassist/shared/errors";
import type { indicatorsOutput } from "@liveassist/shared/inputs/operations";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** How things are now. */
export async function readIndicators(_deps: Deps, _actor: Actor): Promise<z.infer<typeof indicatorsOutput>> {
  throw new AppError("INTERNAL", "not built yet");
}
