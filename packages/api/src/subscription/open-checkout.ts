import { checkoutAttempts, users } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { and, eq } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import type { CheckoutSnapshot } from "../stripe-port.ts";

type Attempt = typeof checkoutAttempts.$inferSelect;

export interface Purchase {
  readonly userId: string;
  readonly customerId: string;
  readonly priceId: string;
  readonly trial: boolean;
}

export interface OpenCheckout {
  readonly url: string;
  readonly sessionId: string;
  /** Epoch milliseconds, Stripe's clock. */
  readonly expiresAt: number | null;
}

/** Enough for any race of tabs to be decided by the unique key. */
const TRIES = 5;

/**
 * The one open checkout of a user for this purchase: reused when it is the same, else the other is expired first (R23).
 * Null: the open one turned out to be paid. The attempt row is written first; its id is the idempotency key.
 */
export async function openCheckout(deps: Deps, purchase: Purchase): Promise<OpenCheckout | null> {
  for (let turn = 0; turn < TRIES; turn++) {
    const attempt = await currentAttempt(deps, purchase);
    const session = await sessionOf(deps, attempt);
    if (session?.status === "complete") return null;
    const same = attempt.trial === purchase.trial && attempt.priceId === purchase.priceId;
    if (session?.status === "open" && session.url && same && attempt.customerId === purchase.customerId) {
      return { url: session.url, sessionId: session.id, expiresAt: session.expiresAt };
    }
    if (session?.status === "open") {
      const after = await deps.stripe.expireCheckoutSession(session.id);
      if (after.status === "complete") return null;
    }
    await endAttempt(deps, attempt.id);
  }
  throw new Error("no checkout could be opened: the attempts kept changing");
}

/** The open attempt, or a new one; two tabs that race get the same. */
async function currentAttempt(deps: Deps, purchase: Purchase): Promise<Attempt> {
  const isOpen = and(eq(checkoutAttempts.userId, purchase.userId), eq(checkoutAttempts.state, "open"));
  for (let turn = 0; turn < TRIES; turn++) {
    const [open] = await deps.db.select().from(checkoutAttempts).where(isOpen);
    if (open) return open;
    const made = await newAttempt(deps, purchase);
    if (!made) continue;
    await expireStrays(deps, made);
    return made;
  }
  throw new Error("no checkout attempt could be written: others kept closing it");
}

/** Waits for an account's deletion that is under way: nothing may be sold behind its back. */
function newAttempt(deps: Deps, purchase: Purchase): Promise<Attempt | undefined> {
  return deps.db.transaction(async (tx) => {
    const [user] = await tx
      .select({ deletedAt: users.deletedAt })
      .from(users)
      .where(eq(users.id, purchase.userId))
      .for("key share");
    if (!user || user.deletedAt !== null) throw new AppError("UNAUTHENTICATED", "Sign in first.");
    const [made] = await tx
      .insert(checkoutAttempts)
      .values({ id: deps.random.uuid(), ...purchase })
      .onConflictDoNothing()
      .returning();
    return made;
  });
}

/** Sessions left open at Stripe by a failed try: nobody was given their address, but one open checkout is the rule. */
async function expireStrays(deps: Deps, attempt: Attempt): Promise<void> {
  for (const session of await deps.stripe.listOpenCheckoutSessions(attempt.customerId)) {
    if (session.attemptId !== attempt.id) await deps.stripe.expireCheckoutSession(session.id);
  }
}

/** The attempt's session as Stripe has it now; made if it was not made yet. Null: Stripe does not know it. */
async function sessionOf(deps: Deps, attempt: Attempt): Promise<CheckoutSnapshot | null> {
  if (attempt.sessionId !== null) return deps.stripe.retrieveCheckoutSession(attempt.sessionId);
  // A double click shares the call: Stripe answers 409 to a second one with the same key while the first is under way.
  const session = await deps.coalesce(`checkout:${attempt.id}`, () => createSession(deps, attempt));
  const kept = await deps.db
    .update(checkoutAttempts)
    .set({
      sessionId: session.id,
      url: session.url,
      expiresAt: session.expiresAt === null ? null : new Date(session.expiresAt),
      updatedAt: new Date(deps.clock.now()),
    })
    .where(and(eq(checkoutAttempts.id, attempt.id), eq(checkoutAttempts.state, "open")))
    .returning({ id: checkoutAttempts.id });
  return kept.length > 0 ? session : null;
}

/**
 * A failed call ends its attempt: Stripe stores even a 500 under the idempotency key, so the next try needs a new one
 * (stripe-facts §7). A session made all the same is a stray: its address was given to nobody.
 */
async function createSession(deps: Deps, attempt: Attempt): Promise<CheckoutSnapshot> {
  const { appUrl, trialDays, trialRequiresCard } = deps.settings;
  try {
    return await deps.stripe.createCheckoutSession({
      customerId: attempt.customerId,
      userId: attempt.userId,
      attemptId: attempt.id,
      priceId: attempt.priceId,
      trialDays: attempt.trial ? trialDays : null,
      requiresCard: trialRequiresCard || !attempt.trial,
      successUrl: `${appUrl}/api/checkout/return?session_id={CHECKOUT_SESSION_ID}`,
      cancelUrl: `${appUrl}/?subscription=cancelled`,
    });
  } catch (error) {
    await endAttempt(deps, attempt.id);
    throw error;
  }
}

async function endAttempt(deps: Deps, id: string): Promise<void> {
  await deps.db
    .update(checkoutAttempts)
    .set({ state: "expired", updatedAt: new Date(deps.clock.now()) })
    .where(and(eq(checkoutAttempts.id, id), eq(checkoutAttempts.state, "open")));
}
