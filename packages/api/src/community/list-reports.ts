import type { reportsOutput } from "@liveassist/shared/inputs/community";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Lists. */
export async function listReports(_deps: Deps, _actor: Actor): Promise<z.output<typeof reportsOutput>> {
  throw new Error("not built yet");
}
