import { reconcileSeen, stripeCustomers, subscriptions } from "@liveassist/db/schema";
import { and, asc, eq, gt, lt, notExists, notInArray, sql } from "drizzle-orm";
import { askCustomer } from "./ask-customer.ts";
import { saveWalk } from "./save-walk.ts";
import { countOf, type Walking } from "./walk.ts";

const BATCH = 20;
const STEP = "unlisted:";

/** Why the list cannot be gone by: Stripe refused it, it shows nothing of ours, or it leaves out what exists. */
export type ListTrouble = "refused" | "empty" | "incomplete";

/**
 * From us to Stripe: asks about every live subscription of ours that the list did not show, by customer and by id; an absent
 * page is never believed. Answers what is wrong with the list, or null.
 */
export async function walkUnlisted(walking: Walking): Promise<ListTrouble | null> {
  const { deps, walk, pace } = walking;
  if (countOf(walk, "listed") === 0 && (await hasCustomers(walking))) return "empty";
  const comparedFrom = new Date(countOf(walk, "compared_from"));
  for (;;) {
    pace.check();
    const after = walk.cursor?.startsWith(STEP) ? walk.cursor.slice(STEP.length) : "";
    const batch = await deps.db
      .select({
        id: subscriptions.providerSubscriptionId,
        customerId: subscriptions.customerId,
        userId: subscriptions.userId,
      })
      .from(subscriptions)
      .where(
        and(
          gt(subscriptions.providerSubscriptionId, after),
          notInArray(subscriptions.status, ["canceled", "incomplete_expired"]),
          // Observed since: it came into being while the list was read.
          lt(subscriptions.observedAt, comparedFrom),
          notExists(
            deps.db
              .select({ one: sql`1` })
              .from(reconcileSeen)
              .where(
                and(
                  eq(reconcileSeen.walkId, walk.id),
                  eq(reconcileSeen.subscriptionId, subscriptions.providerSubscriptionId),
                ),
              ),
          ),
        ),
      )
      .orderBy(asc(subscriptions.providerSubscriptionId))
      .limit(BATCH);
    for (const { id, customerId, userId } of batch) {
      const answered = await askCustomer(walking, { customerId, userId });
      if (answered?.shown.has(id)) return "incomplete";
    }
    const last = batch.at(-1);
    if (!last) return null;
    await saveWalk(deps, walk, { cursor: STEP + last.id, add: { asked: batch.length } });
  }
}

/** A list without anything of ours says little when we have customers: they are few then, and asked themselves. */
async function hasCustomers({ deps }: Walking): Promise<boolean> {
  const rows = await deps.db.select({ id: stripeCustomers.customerId }).from(stripeCustomers).limit(1);
  return rows.length > 0;
}
