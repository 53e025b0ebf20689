import { users } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { subscriptionRowsOf } from "./load-facts.ts";
import { settleUser } from "./settle-user.ts";

/** Settles a user by what is stored: when the grace is over, access ends without Stripe's word (requirements R22). */
export async function settleStored(deps: Deps, userId: string): Promise<void> {
  const price = await deps.price();
  const settled = await deps.db.transaction(async (tx) => {
    const [user] = await tx.select().from(users).where(eq(users.id, userId)).for("update");
    if (!user) return null;
    const rows = await subscriptionRowsOf(tx, userId);
    return settleUser(deps, tx, {
      user,
      rows,
      terms: { now: deps.clock.now(), price, grace: deps.settings.grace },
    });
  });
  if (!settled || settled.changed.length === 0) return;
  deps.log.warn({ ...settled }, "settled without Stripe");
  deps.bus.nudge("outbox");
}
