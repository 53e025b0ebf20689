import type { ProductFacts } from "../assistant-port.ts";
import type { Deps } from "../deps.ts";

/** What may be said of the product. The price is Stripe's (requirements R23a), the configured one while Stripe is away. */
export async function productFacts(deps: Deps): Promise<ProductFacts> {
  const { settings } = deps;
  const price = await deps.price().catch(() => ({ amountOre: settings.priceOre, currency: "sek" }));
  return {
    price: inWords(price),
    trialDays: settings.trialDays,
    trialRequiresCard: settings.trialRequiresCard,
    freeImagesPerDay: settings.freeImagesPerDay,
    quotaTimezone: settings.quotaTimezone,
    mostVideoMb: Math.floor(settings.mostVideoBytes / 1_000_000),
  };
}

function inWords({ amountOre, currency }: { amountOre: number; currency: string }): string {
  const digits = amountOre % 100 === 0 ? 0 : 2;
  return `${(amountOre / 100).toFixed(digits)} ${currency.toUpperCase()}`;
}
