import type { offerOutput } from "@liveassist/shared/inputs/subscription";
import type { z } from "zod";
import { readUserState } from "../billing/read-user-state.ts";
import type { Actor, Deps } from "../deps.ts";

const DAY_MS = 86_400_000;

/** What the caller would buy, for the summary before checkout: the amount as Stripe has it, in öre including VAT (R23a). */
export async function readOffer(deps: Deps, actor: Actor): Promise<z.infer<typeof offerOutput>> {
  const price = await deps.price();
  const { row } = await readUserState(deps, actor.userId);
  const { trialDays, trialRequiresCard } = deps.settings;
  return {
    amount_ore: price.amountOre,
    currency: price.currency,
    trial_days: trialDays,
    trial_available: row.user.trialUsedAt === null,
    trial_requires_card: trialRequiresCard,
    trial_first_charge_at: new Date(deps.clock.now() + trialDays * DAY_MS).toISOString(),
  };
}
