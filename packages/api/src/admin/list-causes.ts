import { AppError } from "@liveassist/shared/errors";
import type { causesOutput } from "@liveassist/shared/inputs/operations";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** The dead letters by what killed them, most first. */
export async function listCauses(_deps: Deps, _actor: Actor): Promise<z.infer<typeof causesOutput>> {
  throw new AppError("INTERNAL", "not built yet");
}
