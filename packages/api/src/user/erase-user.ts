import {
  authAccounts,
  authSessions,
  checkoutAttempts,
  checkoutReturnTokens,
  mails,
  users,
} from "@liveassist/db/schema";
import { isOver } from "@liveassist/shared/subscription";
import { and, eq, inArray, like, not } from "drizzle-orm";
import { subscriptionRowsOf } from "../billing/load-facts.ts";
import type { Deps } from "../deps.ts";
import { GONE, writeMail } from "../mail/write-mail.ts";
import { deletionMail } from "./deletion-mail.ts";
import { eraseContent, lockSessions } from "./erase-content.ts";
import { eraseTraces } from "./erase-traces.ts";

interface Erasure {
  readonly userId: string;
  /** Subscriptions that Stripe has ended; a row may not say so yet, or never when Stripe does not know it any more. */
  readonly stopped: ReadonlySet<string>;
}

/**
 * Takes everything personal off a user, in one transaction: name, address, credentials, logins, mails, and all they wrote
 * or sent, and every trace of them. Bindings, subscriptions, XP and events stay, without a name, because the books must.
 * Answers false, with nothing changed, when a purchase began or was finished after payments were stopped. Doing it again
 * changes nothing.
 */
export async function eraseUser(deps: Deps, { userId, stopped }: Erasure): Promise<boolean> {
  const erased = await deps.db.transaction(async (tx) => {
    await lockSessions(tx, userId);
    const [user] = await tx.select().from(users).where(eq(users.id, userId)).for("update");
    if (!user || user.deletedAt !== null) return [];
    const [attempt] = await tx
      .select({ id: checkoutAttempts.id })
      .from(checkoutAttempts)
      .where(and(eq(checkoutAttempts.userId, userId), inArray(checkoutAttempts.state, ["open", "paid"])));
    const rows = await subscriptionRowsOf(tx, userId);
    const isLive = rows.some((row) => !isOver(row.status) && !stopped.has(row.providerSubscriptionId));
    if (attempt || isLive) return null;
    const at = new Date(deps.clock.now());
    await tx
      .update(users)
      .set({
        name: "Deleted account",
        // Nobody can guess it and sign up with it before, and no mail is ever sent there.
        email: `deleted-${deps.random.uuid()}${GONE}`,
        emailVerified: false,
        image: null,
        role: "user",
        deletedAt: at,
        updatedAt: new Date(deps.clock.wall()),
      })
      .where(eq(users.id, userId));
    await tx.delete(authSessions).where(eq(authSessions.userId, userId));
    await tx.delete(authAccounts).where(eq(authAccounts.userId, userId));
    await tx.delete(checkoutReturnTokens).where(eq(checkoutReturnTokens.userId, userId));
    // Receipts of a withdrawal are owed by law, whoever leaves.
    await tx.delete(mails).where(and(eq(mails.userId, userId), not(like(mails.key, "withdrawal%"))));
    const mail = deletionMail(deps.settings, { email: user.email, name: user.name, at });
    await writeMail(deps, tx, { userId, key: `account-deleted:${userId}`, ...mail });
    const sessions = await eraseContent(tx, { userId, at });
    await eraseTraces(tx, { userId, name: user.name, email: user.email });
    return sessions;
  });
  if (erased === null) return false;
  // A reply that is being written finds its session gone, and open pages that posts went.
  for (const sessionId of erased) deps.bus.nudge("session", sessionId);
  deps.bus.nudge("community");
  return true;
}
