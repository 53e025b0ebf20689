import { readSyncedState } from "../billing/read-user-state.ts";
import { syncUserAfresh } from "../billing/sync-user.ts";
import type { Actor, Deps } from "../deps.ts";
import { type Status, toStatus } from "./read-status.ts";

/** Asks Stripe now and answers what it said. Ends in `STRIPE_UNAVAILABLE` when it cannot be asked; nothing changes then. */
export async function refreshStatus(deps: Deps, actor: Actor): Promise<Status> {
  await syncUserAfresh(deps, actor.userId, "refresh");
  return toStatus(deps, await readSyncedState(deps, actor.userId));
}
