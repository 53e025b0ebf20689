import type { Logger, PriceOffer, StripePort } from "@liveassist/api";
import type { Db } from "@liveassist/db";
import { appState } from "@liveassist/db/schema";
import { sekToOre } from "@liveassist/shared/money";
import { eq } from "drizzle-orm";

interface Parts {
  readonly db: Db;
  readonly stripe: StripePort;
  readonly log: Logger;
}

interface PriceSettings {
  readonly priceSek: number;
  readonly priceId: string | undefined;
}

/**
 * The price as Stripe has it, asked once. The last answer is kept in the database, so that after a restart reads need no
 * Stripe (design I11); it is asked again behind them. Warns loudly when it is not what was configured (requirements R23a).
 */
export function rememberPrice(parts: Parts, settings: PriceSettings): () => Promise<PriceOffer> {
  const key = `price:${settings.priceId ?? "by-lookup-key"}`;
  let known: PriceOffer | null = null;
  let kept: PriceOffer | null = null;
  let asking: Promise<PriceOffer> | null = null;

  function ask(): Promise<PriceOffer> {
    asking ??= parts.stripe
      .ensurePrice()
      .then(async (price) => {
        warnIfDifferent(price, parts.log, settings.priceSek);
        await keep(parts.db, key, price);
        known = price;
        return price;
      })
      .finally(() => {
        asking = null;
      });
    return asking;
  }

  return async () => {
    if (known) return known;
    // Read once: whoever asks again, perhaps inside a transaction, must not wait for another connection.
    kept ??= await readKept(parts.db, key);
    if (!kept) return ask();
    ask().catch((error: unknown) =>
      parts.log.warn({ err: error }, "the kept price is used until Stripe answers"),
    );
    return kept;
  };
}

async function keep(db: Db, key: string, price: PriceOffer): Promise<void> {
  const value = JSON.stringify(price);
  await db
    .insert(appState)
    .values({ key, value })
    .onConflictDoUpdate({ target: appState.key, set: { value } });
}

async function readKept(db: Db, key: string): Promise<PriceOffer | null> {
  const [row] = await db.select({ value: appState.value }).from(appState).where(eq(appState.key, key));
  return row ? (JSON.parse(row.value) as PriceOffer) : null;
}

function warnIfDifferent(price: PriceOffer, log: Logger, priceSek: number): void {
  const { amountOre, currency, interval, priceId } = price;
  if (amountOre === sekToOre(priceSek) && currency === "sek" && interval === "month") return;
  log.error(
    { alarm: "price_differs", priceId, amountOre, currency, interval, expectedOre: sekToOre(priceSek) },
    `Stripe's price ${priceId} is ${amountOre / 100} ${currency.toUpperCase()} per ${interval ?? "?"}, but PRICE_SEK is ${priceSek} SEK per month; Stripe's is shown and charged`,
  );
}
