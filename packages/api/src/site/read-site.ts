import type { siteOutput } from "@liveassist/shared/inputs/subscription";
import type { z } from "zod";
import type { Deps } from "../deps.ts";
import { withPatience } from "../with-patience.ts";

type Site = z.infer<typeof siteOutput>;

/** A landing page is worth less than a second of anybody's wait. */
const PATIENCE_MS = 1_000;

/**
 * What is sold, and who sells it, for everybody (`GET /api/site`). The price is Stripe's, which the host remembers; before
 * Stripe was ever reached it is the configured one, because a landing page is never an error page (requirements R23a).
 */
export async function readSite(deps: Deps): Promise<Site> {
  const { priceOre, trialDays, trialRequiresCard, seller } = deps.settings;
  const price = await withPatience(deps.price(), PATIENCE_MS).catch((error: unknown) => {
    deps.log.warn({ err: error }, "the price could not be asked; the configured one is shown");
    return null;
  });
  return {
    offer: {
      amount_ore: price?.amountOre ?? priceOre,
      currency: price?.currency ?? "sek",
      trial_days: trialDays,
      trial_requires_card: trialRequiresCard,
    },
    seller: seller && {
      name: seller.name,
      org_no: seller.orgNo,
      address: seller.address,
      email: seller.email,
    },
  };
}
