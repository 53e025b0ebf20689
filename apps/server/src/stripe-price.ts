import type { Logger, PriceOffer, StripePort } from "@liveassist/api";
import { sekToOre } from "@liveassist/shared/money";

/** Finds the price once and remembers it; a failure is not remembered. Warns loudly when it is not what was configured (R23a). */
export function rememberPrice(stripe: StripePort, log: Logger, priceSek: number): () => Promise<PriceOffer> {
  let known: Promise<PriceOffer> | null = null;
  return () => {
    known ??= stripe.ensurePrice().then(
      (price) => {
        warnIfDifferent(price, log, priceSek);
        return price;
      },
      (error: unknown) => {
        known = null;
        throw error;
      },
    );
    return known;
  };
}

function warnIfDifferent(price: PriceOffer, log: Logger, priceSek: number): void {
  const { amountOre, currency, interval, priceId } = price;
  if (amountOre === sekToOre(priceSek) && currency === "sek" && interval === "month") return;
  log.error(
    { alarm: "price_differs", priceId, amountOre, currency, interval, expectedOre: sekToOre(priceSek) },
    `Stripe's price ${priceId} is ${amountOre / 100} ${currency.toUpperCase()} per ${interval ?? "?"}, but PRICE_SEK is ${priceSek} SEK per month; Stripe's is shown and charged`,
  );
}
