import type { Tx } from "@liveassist/db";
import { adminActions, authVerifications, trail, uploads, xpEvents } from "@liveassist/db/schema";
import { and, eq, or, sql } from "drizzle-orm";
import { emptyPayloads } from "../billing/empty-payloads.ts";

interface Person {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
}

/**
 * Takes away what was written down about a user beside their own rows: the name and address in what Stripe sent, when their
 * pages were open, what administrators typed about them, names of files. That something was done, and money, stays.
 */
export async function eraseTraces(tx: Tx, { userId, name, email }: Person): Promise<void> {
  await tx.delete(trail).where(eq(trail.userId, userId));
  await tx.update(adminActions).set({ input: { userId } }).where(eq(adminActions.userId, userId));
  await tx.update(uploads).set({ filename: "file" }).where(eq(uploads.userId, userId));
  await tx
    .delete(authVerifications)
    .where(or(eq(authVerifications.value, userId), mentions(authVerifications.identifier, email)));
  const { reason, idempotencyKey } = xpEvents;
  await tx
    .update(xpEvents)
    .set({ reason: "erased", idempotencyKey: sql`'erased:' || ${xpEvents.id}` })
    .where(
      and(
        eq(xpEvents.userId, userId),
        or(mentions(reason, email), mentions(reason, name), mentions(idempotencyKey, email)),
      ),
    );
  // Besides their customers' events, dead letters that nobody could say whose they are.
  await emptyPayloads(
    tx,
    sql`(customer_id = any(array(select customer_id from stripe_customers where user_id = ${userId}))
      or (outcome = 'dead' and ${mentions(sql`payload`, email)}))`,
  );
}

/** In any case; a name or address is no pattern. */
const mentions = (where: Parameters<typeof eq>[0], what: string) =>
  sql`strpos(lower(${where}), lower(${what})) > 0`;
