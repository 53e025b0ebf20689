import { users } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import type { eraseUserInput, eraseUserOutput } from "@liveassist/shared/inputs/operations";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { eraseAccount } from "../user/erase-account.ts";

/**
 * Deletes the account of somebody who asked in writing, as their own deletion does (Stripe is stopped first). The e-mail they
 * wrote from must be the account's, so that a mistyped id erases nobody: else `INVALID_INPUT`. Somebody who is not there, or
 * not any more, is `NOT_FOUND`; Stripe that does not confirm is `STRIPE_UNAVAILABLE`, with nothing changed here.
 */
export async function eraseUserFor(
  deps: Deps,
  actor: Actor,
  { userId, email }: z.infer<typeof eraseUserInput>,
): Promise<z.infer<typeof eraseUserOutput>> {
  const [user] = await deps.db.select().from(users).where(eq(users.id, userId));
  if (!user || user.deletedAt !== null) throw new AppError("NOT_FOUND", "There is no such user.");
  if (user.email.toLowerCase() !== email.trim().toLowerCase()) {
    const message = "This is not the e-mail address of the account.";
    throw new AppError("INVALID_INPUT", message, { issues: [{ path: "email", message }] });
  }
  await eraseAccount(deps, userId);
  deps.log.info({ userId, by: actor.userId }, "an administrator erased an account");
  return { erased: true };
}
