import type { Tx } from "@liveassist/db";
import { users } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { eq } from "drizzle-orm";

/**
 * Locks a user's row until the transaction ends: whatever changes units or states of uploads does so first (design I9),
 * after the session's row, before any upload's, and before a row is inserted that names the user, so that nobody waits in a
 * circle (`no key`: whoever only names the user meanwhile does not wait at all). Answers whether the account still is.
 */
export async function lockUserRow(tx: Tx, userId: string): Promise<boolean> {
  const [user] = await tx
    .select({ deletedAt: users.deletedAt })
    .from(users)
    .where(eq(users.id, userId))
    .for("no key update");
  return user !== undefined && user.deletedAt === null;
}

/** The same for somebody who wants something: throws `UNAUTHENTICATED` when their account is gone. */
export async function lockUser(tx: Tx, userId: string): Promise<void> {
  if (!(await lockUserRow(tx, userId))) throw new AppError("UNAUTHENTICATED", "Sign in first.");
}
