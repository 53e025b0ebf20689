import { AppError } from "@liveassist/shared/errors";
import type { driftOutput } from "@liveassist/shared/inputs/admin";
import type { repairDriftInput } from "@liveassist/shared/inputs/operations";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Asks Stripe about the customer of a drift now; one sync of it repairs what can be repaired. */
export async function repairDrift(
  _deps: Deps,
  _actor: Actor,
  _input: z.infer<typeof repairDriftInput>,
): Promise<z.infer<typeof driftOutput>> {
  throw new AppError("INTERNAL", "not built yet");
}
