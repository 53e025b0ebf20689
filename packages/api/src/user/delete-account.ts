import { authAccounts } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { and, eq } from "drizzle-orm";
import type { Actor, Deps } from "../deps.ts";
import { eraseUser } from "./erase-user.ts";
import { stopPayments } from "./stop-payments.ts";

/** A purchase that arrives while the account is being deleted is stopped, too; more than these is no accident. */
const TRIES = 3;

/**
 * Deletes the caller's account (`POST /api/users/delete-account`). Stripe is stopped first: nobody may be charged for an
 * account they cannot reach. Ends in `FORBIDDEN` for a wrong password, and in `STRIPE_UNAVAILABLE` with nothing changed
 * here when Stripe does not confirm that nothing will be charged any more. It cannot be undone.
 */
export async function deleteAccount(
  deps: Deps,
  actor: Actor,
  input: { password: string },
): Promise<{ deleted: true }> {
  const { userId } = actor;
  if (!(await knowsPassword(deps, userId, input.password)))
    throw new AppError("FORBIDDEN", "The password is not right.");
  const stopped = new Set<string>();
  for (let turn = 0; turn < TRIES; turn++) {
    for (const id of await stopPayments(deps, userId)) stopped.add(id);
    if (await eraseUser(deps, { userId, stopped })) {
      deps.log.info({ userId }, "account deleted");
      deps.bus.nudge("logins", userId);
      return { deleted: true };
    }
  }
  throw new AppError("STRIPE_UNAVAILABLE", "A payment of yours is being finished. Try again in a minute.");
}

async function knowsPassword(deps: Deps, userId: string, password: string): Promise<boolean> {
  const [account] = await deps.db
    .select({ hash: authAccounts.password })
    .from(authAccounts)
    .where(and(eq(authAccounts.userId, userId), eq(authAccounts.providerId, "credential")));
  return account?.hash != null && deps.verifyPassword(account.hash, password);
}
