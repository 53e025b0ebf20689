import { AppError } from "@liveassist/shared/errors";
import type { incidentsOutput, listIncidentsInput } from "@liveassist/shared/inputs/operations";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Alerts from firing to clearing. */
export async function listIncidents(
  _deps: Deps,
  _actor: Actor,
  _input: z.infer<typeof listIncidentsInput>,
): Promise<z.infer<typeof incidentsOutput>> {
  throw new AppError("INTERNAL", "not built yet");
}
