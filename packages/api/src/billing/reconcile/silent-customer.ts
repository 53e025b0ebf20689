import { isStripeAway } from "../fail-events.ts";
import { WalkPaused } from "./pace.ts";
import type { Walking } from "./walk.ts";

/** So many in a row are not about single customers: then the walk waits. */
const MOST_SILENT = 5;

/**
 * True when a walk goes on without a customer: Stripe said nothing about them, try after try, and yet answers another
 * question. One of them must not keep everybody behind them waiting; the next walk asks again.
 */
export async function isSilentAlone({ deps, unanswered }: Walking, error: unknown): Promise<boolean> {
  if (!(error instanceof WalkPaused) || !isStripeAway(error.cause)) return false;
  unanswered.silent += 1;
  if (unanswered.silent >= MOST_SILENT) return false;
  try {
    await deps.stripe.ensurePrice();
    return true;
  } catch (away) {
    deps.log.debug({ err: away }, "Stripe answers nothing at all");
    return false;
  }
}
