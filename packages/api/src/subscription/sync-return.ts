import { checkoutAttempts } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { isTransient } from "../billing/fail-events.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import type { Deps } from "../deps.ts";

/** The browser waits no longer than this; the page it lands on confirms again. */
const PATIENCE_MS = 2_000;

/**
 * The return from checkout as one of the five ways to the sync (requirements R20): looks the session up at Stripe and
 * syncs its customer. Answers whether Stripe calls the session complete; false too when Stripe did not answer in time.
 */
export async function syncReturn(deps: Deps, sessionId: string): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  try {
    return await Promise.race([askSession(deps, sessionId), patience]);
  } finally {
    clearTimeout(timer);
  }
}

async function askSession(deps: Deps, sessionId: string): Promise<boolean> {
  try {
    // Anybody can open this address: only sessions that we opened are worth a question.
    const [attempt] = await deps.db
      .select({ customerId: checkoutAttempts.customerId })
      .from(checkoutAttempts)
      .where(eq(checkoutAttempts.sessionId, sessionId));
    if (!attempt) return false;
    const session = await deps.stripe.retrieveCheckoutSession(sessionId);
    await deps.coalesce(`return:${attempt.customerId}`, () =>
      syncCustomer(deps, attempt.customerId, "return"),
    );
    return session?.status === "complete";
  } catch (error) {
    if (isTransient(error))
      deps.log.warn({ err: error, sessionId }, "Stripe could not be asked on return from checkout");
    else deps.log.error({ err: error, sessionId }, "the sync on return from checkout failed");
    return false;
  }
}
