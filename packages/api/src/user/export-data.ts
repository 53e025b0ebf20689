import { AppError } from "@liveassist/shared/errors";
import type { exportOutput } from "@liveassist/shared/inputs/operations";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Everything kept about the caller. */
export async function exportData(_deps: Deps, _actor: Actor): Promise<z.infer<typeof exportOutput>> {
  throw new AppError("INTERNAL", "not built yet");
}
