import type { exportOutput } from "@liveassist/shared/inputs/operations";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { collectData } from "./collect-data.ts";

/** Everything kept about the caller, to take home (`POST /api/users/export-data`; GDPR, articles 15 and 20). */
export async function exportData(deps: Deps, actor: Actor): Promise<z.infer<typeof exportOutput>> {
  deps.log.info({ userId: actor.userId }, "data exported");
  return collectData(deps, actor.userId);
}
