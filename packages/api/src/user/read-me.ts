import { entitlementsOf } from "@liveassist/shared/entitlements";
import type { meOutput } from "@liveassist/shared/inputs/user";
import { limitsOf } from "@liveassist/shared/plans";
import type { z } from "zod";
import { readUserState } from "../billing/read-user-state.ts";
import type { Actor, Deps } from "../deps.ts";

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Who is signed in, and what they may do now (`GET /api/users/me`). */
export async function readMe(deps: Deps, actor: Actor): Promise<z.infer<typeof meOutput>> {
  const { row, standing } = await readUserState(deps, actor.userId);
  const { user } = row;
  const policy = { freeImagesPerDay: deps.settings.freeImagesPerDay };
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    role: actor.role,
    subscription_status: standing.plan,
    subscription_expiry: iso(standing.expiry),
    stripe_status: standing.stripeStatus,
    trial_ends_at: iso(standing.trialEndsAt),
    cancel_at: iso(standing.cancelAt),
    image_counter: row.imagesUsed,
    image_limit: limitsOf(standing.plan, policy).imagesPerDay,
    xp: user.xp,
    entitlements: entitlementsOf(standing.plan, policy),
    version: user.version,
  };
}
