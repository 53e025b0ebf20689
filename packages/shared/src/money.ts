/** XP granted once per user at the first real payment (requirements R8). */
export const FIRST_PREMIUM_XP = 250;

/** The reason written with that grant; nobody can grant it by hand. */
export const FIRST_PREMIUM_REASON = "first_premium";

/** Stripe's lookup key of the one price (requirements R23a). */
export const PRICE_LOOKUP_KEY = "liveassist_monthly";

/** Whole kronor to öre: Stripe counts SEK in hundredths. */
export const sekToOre = (sek: number): number => Math.round(sek * 100);
