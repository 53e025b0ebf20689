import { AppError } from "@liveassist/shared/errors";
import type { chartsInput, chartsOutput } from "@liveassist/shared/inputs/operations";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Arrivals, failures and the time to activation, step by step. */
export async function readCharts(
  _deps: Deps,
  _actor: Actor,
  _input: z.infer<typeof chartsInput>,
): Promise<z.infer<typeof chartsOutput>> {
  throw new AppError("INTERNAL", "not built yet");
}
