import type { Db } from "@liveassist/db";
import type { Deps } from "../deps.ts";
import { isStripeAway, isTransient } from "./fail-events.ts";
import { syncUser } from "./sync-user.ts";

/** A read waits this long for Stripe, then answers what is known (requirements R20). */
const PATIENCE_MS = 2_000;
/** Older observations than this are worth a question (requirements R20). */
const FRESH_MS = 5 * 60_000;

/** What decides whether a read has to ask Stripe first. */
export interface ReadState {
  readonly hasCustomer: boolean;
  readonly checkoutUnderWay: boolean;
  readonly checkAt: Date | null;
  /** The oldest observation of the user's living customers; null: one was never observed. */
  readonly observedAt: Date | null;
}

/** True when a checkout is open, a stored boundary has passed, or the last observation is older than 5 minutes (R20). `now`: epoch ms. */
export function mustAsk(state: ReadState, now: number): boolean {
  if (!state.hasCustomer) return false;
  if (state.checkoutUnderWay) return true;
  if (state.checkAt !== null && state.checkAt.getTime() <= now) return true;
  return state.observedAt === null || now - state.observedAt.getTime() > FRESH_MS;
}

/** Found away or slow, Stripe is not waited for again for so long: reads answer what is known at once (issue 3, point 7). */
const TROUBLE_MS = 5_000;
/** Enough to notice that it is back. */
const AT_ONCE_MS = 100;
/** Until when, wall time; one memory a process, which is one a database. */
const troubledUntil = new WeakMap<Db, number>();

/** Asks Stripe for a read; hardly waits while Stripe is known to be away or slow, and goes on asking behind the answer. */
export async function askForRead(deps: Deps, userId: string): Promise<{ stale: boolean }> {
  const isTroubled = deps.clock.wall() < (troubledUntil.get(deps.db) ?? 0);
  return askStripe(deps, userId, isTroubled ? AT_ONCE_MS : PATIENCE_MS);
}

/** Asks Stripe for somebody who waits, for at most 2 s. `stale` when it did not answer; the sync goes on meanwhile. */
export async function askStripe(
  deps: Deps,
  userId: string,
  patienceMs: number = PATIENCE_MS,
): Promise<{ stale: boolean }> {
  const since = deps.clock.wall();
  // Watched past the answer, too: while reads keep coming, none of them waits again for a Stripe that hangs.
  const watch = setTimeout(() => noteTrouble(deps), PATIENCE_MS);
  const asked = syncUser(deps, userId, "read")
    .then(
      () => {
        if (deps.clock.wall() - since < PATIENCE_MS) troubledUntil.delete(deps.db);
        return { stale: false };
      },
      (error: unknown) => {
        if (isStripeAway(error)) noteTrouble(deps);
        const line = { err: error, userId };
        if (isTransient(error)) deps.log.warn(line, "Stripe could not be asked for a read");
        else deps.log.error(line, "a sync for a read failed");
        return { stale: true };
      },
    )
    .finally(() => clearTimeout(watch));
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<{ stale: boolean }>((resolve) => {
    timer = setTimeout(() => resolve({ stale: true }), patienceMs);
  });
  try {
    return await Promise.race([asked, patience]);
  } finally {
    clearTimeout(timer);
  }
}

function noteTrouble(deps: Deps): void {
  troubledUntil.set(deps.db, deps.clock.wall() + TROUBLE_MS);
}
