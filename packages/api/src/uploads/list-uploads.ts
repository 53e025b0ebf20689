import type { unsentUploadsOutput } from "@liveassist/shared/inputs/liveassist";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Lists. */
export async function listUploads(_deps: Deps, _actor: Actor): Promise<z.output<typeof unsentUploadsOutput>> {
  throw new Error("not built yet");
}
