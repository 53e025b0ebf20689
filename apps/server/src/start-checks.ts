import type { Deps } from "@liveassist/api";
import { appState, users } from "@liveassist/db/schema";
import { eq, like } from "drizzle-orm";
import { ConfigError } from "./config.ts";

const KEY = "stripe_account";
/** Reserved for examples: nobody real has such an address, but our demo accounts do. */
const DEMO = "%@example.com";

interface Belonging {
  readonly mode: "live" | "test";
  /** Null: the key may not ask which account it belongs to. */
  readonly account: string | null;
}

const inWords = ({ mode, account }: Belonging): string =>
  `${account ?? "an unknown account"} in ${mode} mode`;

/**
 * A database belongs to one Stripe account in one mode, stored at the first start (requirements R21); a live one has no
 * demo accounts (R12). Throws `ConfigError` otherwise.
 */
export async function checkBelonging(deps: Deps): Promise<void> {
  const { livemode } = deps.settings;
  if (livemode) await refuseDemoAccounts(deps);
  const now: Belonging = { mode: livemode ? "live" : "test", account: await deps.stripe.accountId() };
  await deps.db
    .insert(appState)
    .values({ key: KEY, value: JSON.stringify(now) })
    .onConflictDoNothing();
  const [row] = await deps.db.select({ value: appState.value }).from(appState).where(eq(appState.key, KEY));
  const stored = JSON.parse(row?.value ?? JSON.stringify(now)) as Belonging;
  const isOther = stored.account !== null && now.account !== null && stored.account !== now.account;
  if (isOther || stored.mode !== now.mode) {
    throw new ConfigError(
      `This database belongs to Stripe's ${inWords(stored)}, but STRIPE_SECRET_KEY is of ${inWords(now)}. Use the key it was made with, or another DATABASE_URL.`,
    );
  }
  if (stored.account === null && now.account !== null) {
    await deps.db
      .update(appState)
      .set({ value: JSON.stringify(now) })
      .where(eq(appState.key, KEY));
  }
}

async function refuseDemoAccounts(deps: Deps): Promise<void> {
  const [demo] = await deps.db.select({ id: users.id }).from(users).where(like(users.email, DEMO)).limit(1);
  if (!demo) return;
  throw new ConfigError(
    "This database has demo accounts (…@example.com), but STRIPE_SECRET_KEY is a live key. Use another DATABASE_URL.",
  );
}
