import type { startWalkInput, startWalkOutput } from "@liveassist/shared/inputs/admin";
import type { z } from "zod";
import { requestWalk } from "../billing/reconcile/claim-walk.ts";
import type { Actor, Deps } from "../deps.ts";

/** Asks for a walk now; a server begins it within seconds. One that is under way already is the one. */
export async function startWalk(
  deps: Deps,
  actor: Actor,
  { acceptDowngrades = false }: z.infer<typeof startWalkInput>,
): Promise<z.infer<typeof startWalkOutput>> {
  const { walkId, isNew } = await requestWalk(deps, { acceptDowngrades });
  deps.log.info({ walkId, isNew, acceptDowngrades, userId: actor.userId }, "a walk was asked for");
  return { walk_id: walkId, is_new: isNew };
}
