import { checkoutAttempts, users } from "@liveassist/db/schema";
import { type PurchaseRefusal, refusalOf } from "@liveassist/shared/billing-policy";
import { AppError } from "@liveassist/shared/errors";
import { and, eq } from "drizzle-orm";
import { expireObsoleteCheckouts } from "../billing/expire-obsolete-checkouts.ts";
import { subscriptionRowsOf } from "../billing/load-facts.ts";
import { syncUserAfresh } from "../billing/sync-user.ts";
import type { Actor, Deps } from "../deps.ts";
import type { ResponseCookies } from "../trpc.ts";
import { ensureCustomer } from "./ensure-customer.ts";
import { openCheckout } from "./open-checkout.ts";
import { issueReturnToken, RETURN_COOKIE, RETURN_PATH } from "./return-token.ts";

const DAY_MS = 86_400_000;

export interface Checkout {
  readonly url: string;
  readonly sessionId: string;
  readonly trial: boolean;
  /** ISO time of the first charge. */
  readonly firstChargeAt: string;
  readonly firstChargeOre: number;
}

/**
 * Opens a checkout, or gives the one already open for the same offer (`POST /api/subscriptions/create-checkout`, R23).
 * Ends in `TRIAL_USED`, `ALREADY_SUBSCRIBED`, `PAYMENT_NEEDS_ATTENTION`, or `STRIPE_UNAVAILABLE` with nothing changed.
 */
export async function createCheckout(
  deps: Deps,
  actor: Actor,
  input: { trial?: boolean | undefined; cookies: ResponseCookies | null },
): Promise<Checkout> {
  const { userId } = actor;
  const price = await deps.price();
  const customerId = await ensureCustomer(deps, userId);
  await syncUserAfresh(deps, userId, "checkout");
  const trialAvailable = await mayBuy(deps, userId);
  if (input.trial === true && !trialAvailable)
    throw new AppError("TRIAL_USED", "The free trial is already used.");
  const trial = input.trial ?? trialAvailable;
  const open = await openCheckout(deps, { userId, customerId, priceId: price.priceId, trial });
  // Somebody paid it in another tab meanwhile: what they bought decides now.
  if (open === null) {
    await syncUserAfresh(deps, userId, "checkout");
    await mayBuy(deps, userId);
    throw new AppError("ALREADY_SUBSCRIBED", "Your payment has been received and is being finished.");
  }
  await giveOnlyWhatMayBeBought(deps, userId, trial);
  if (input.cookies) {
    const { token, maxAgeSeconds } = await issueReturnToken(deps, { ...open, userId });
    input.cookies.set(RETURN_COOKIE, token, { path: RETURN_PATH, maxAgeSeconds });
  }
  const now = deps.clock.now();
  deps.log.info({ userId, customerId, sessionId: open.sessionId, trial }, "checkout opened");
  return {
    url: open.url,
    sessionId: open.sessionId,
    trial,
    firstChargeAt: new Date(trial ? now + deps.settings.trialDays * DAY_MS : now).toISOString(),
    firstChargeOre: price.amountOre,
  };
}

/**
 * Looks again before a page is given out: what was bought since the first look may have been synced before this page was
 * written down, and then nobody else would close it (R23). What is synced later closes it itself.
 */
async function giveOnlyWhatMayBeBought(deps: Deps, userId: string, trial: boolean): Promise<void> {
  try {
    const trialAvailable = await mayBuy(deps, userId);
    if (trial && !trialAvailable) throw new AppError("TRIAL_USED", "The free trial is already used.");
  } catch (error) {
    if (error instanceof AppError) await expireObsoleteCheckouts(deps, userId);
    throw error;
  }
}

const REFUSALS: Readonly<Record<PurchaseRefusal, string>> = {
  ALREADY_SUBSCRIBED: "You already have LiveAssist Permission.",
  PAYMENT_NEEDS_ATTENTION: "Your subscription needs attention. Open the payment page to put it right.",
};

/** Refuses a second purchase while ANY subscription of the user is not over (R23); answers whether the trial is still unused. */
async function mayBuy(deps: Deps, userId: string): Promise<boolean> {
  const rows = await subscriptionRowsOf(deps.db, userId);
  const refusal = refusalOf(rows.map((row) => row.status));
  if (refusal !== null) throw new AppError(refusal, REFUSALS[refusal]);
  await refuseWhilePaid(deps, userId);
  const [user] = await deps.db
    .select({ trialUsedAt: users.trialUsedAt })
    .from(users)
    .where(eq(users.id, userId));
  return user?.trialUsedAt === null;
}

/** A checkout that Stripe calls complete, but whose subscription is not to be seen yet, is a purchase all the same. */
async function refuseWhilePaid(deps: Deps, userId: string): Promise<void> {
  const [paid] = await deps.db
    .select({ id: checkoutAttempts.id })
    .from(checkoutAttempts)
    .where(and(eq(checkoutAttempts.userId, userId), eq(checkoutAttempts.state, "paid")));
  if (paid) throw new AppError("ALREADY_SUBSCRIBED", "Your payment has been received and is being finished.");
}
