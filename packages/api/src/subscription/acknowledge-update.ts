import { AppError } from "@liveassist/shared/errors";
import type { acknowledgeInput, acknowledgeOutput } from "@liveassist/shared/inputs/operations";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Notes that a page of the caller shows a version now; for their timeline. */
export async function acknowledgeUpdate(
  _deps: Deps,
  _actor: Actor,
  _input: z.infer<typeof acknowledgeInput> & { readonly socketId: string | null },
): Promise<z.infer<typeof acknowledgeOutput>> {
  throw new AppError("INTERNAL", "not built yet");
}
