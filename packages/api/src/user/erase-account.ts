import { AppError } from "@liveassist/shared/errors";
import type { Deps } from "../deps.ts";
import { eraseUser } from "./erase-user.ts";
import { stopPayments } from "./stop-payments.ts";

/** A purchase that arrives while the account is being deleted is stopped, too; more than these is no accident. */
const TRIES = 3;

/**
 * The one way an account goes, whoever asked: Stripe is stopped first, because nobody may be charged for an account they
 * cannot reach; then everything personal is taken away. Ends in `STRIPE_UNAVAILABLE` with nothing changed here when Stripe
 * does not confirm that nothing will be charged any more. It cannot be undone.
 */
export async function eraseAccount(deps: Deps, userId: string): Promise<void> {
  const stopped = new Set<string>();
  for (let turn = 0; turn < TRIES; turn++) {
    for (const id of await stopPayments(deps, userId)) stopped.add(id);
    if (await eraseUser(deps, { userId, stopped })) {
      deps.log.info({ userId }, "account deleted");
      deps.bus.nudge("logins", userId);
      return;
    }
  }
  throw new AppError("STRIPE_UNAVAILABLE", "A payment of yours is being finished. Try again in a minute.");
}
