import type { Deps } from "../deps.ts";
import { isTransient } from "./fail-events.ts";
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

/** Asks Stripe for a read, for at most 2 s. `stale` when it did not answer; the sync goes on meanwhile. */
export async function askStripe(deps: Deps, userId: string): Promise<{ stale: boolean }> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<{ stale: boolean }>((resolve) => {
    timer = setTimeout(() => resolve({ stale: true }), PATIENCE_MS);
  });
  const asked = syncUser(deps, userId).then(
    () => ({ stale: false }),
    (error: unknown) => {
      const line = { err: error, userId };
      if (isTransient(error)) deps.log.warn(line, "Stripe could not be asked for a read");
      else deps.log.error(line, "a sync for a read failed");
      return { stale: true };
    },
  );
  try {
    return await Promise.race([asked, patience]);
  } finally {
    clearTimeout(timer);
  }
}
