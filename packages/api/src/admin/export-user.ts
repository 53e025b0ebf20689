import type { exportOutput, exportUserInput } from "@liveassist/shared/inputs/operations";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { collectData } from "../user/collect-data.ts";

/** Everything kept about one user, for somebody who asked for it in writing: the same as their own export. */
export async function exportUser(
  deps: Deps,
  actor: Actor,
  { userId }: z.infer<typeof exportUserInput>,
): Promise<z.infer<typeof exportOutput>> {
  deps.log.info({ userId, by: actor.userId }, "data exported by an administrator");
  return collectData(deps, userId);
}
