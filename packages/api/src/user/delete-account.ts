import { authAccounts } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { and, eq } from "drizzle-orm";
import type { Actor, Deps } from "../deps.ts";
import { eraseAccount } from "./erase-account.ts";

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
  await eraseAccount(deps, userId);
  return { deleted: true };
}

async function knowsPassword(deps: Deps, userId: string, password: string): Promise<boolean> {
  const [account] = await deps.db
    .select({ hash: authAccounts.password })
    .from(authAccounts)
    .where(and(eq(authAccounts.userId, userId), eq(authAccounts.providerId, "credential")));
  return account?.hash != null && deps.verifyPassword(account.hash, password);
}
