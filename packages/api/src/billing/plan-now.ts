import type { Tx } from "@liveassist/db";
import { provisionalGrants } from "@liveassist/db/schema";
import { derivePlan } from "@liveassist/shared/derive-plan";
import type { Plan } from "@liveassist/shared/plans";
import { withGrants } from "@liveassist/shared/provisional";
import { eq } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { subscriptionRowsOf, toFacts } from "./load-facts.ts";
import { readUserState } from "./read-user-state.ts";
import { asGrants } from "./stored-state.ts";

/**
 * To be awaited before a transaction that asks `planNow`: Stripe is asked if requirements R20 says so, and the price is
 * known afterwards, so that the transaction waits for nobody. Throws `UNAUTHENTICATED` for a user who is gone.
 */
export async function freshenPlan(deps: Deps, userId: string): Promise<void> {
  // Without any subscription a plan needs no price, so that a price that cannot be had stops nobody.
  const price = deps.price().catch(() => null);
  await readUserState(deps, userId);
  await price;
}

/**
 * A user's plan at this moment, from the facts as this transaction sees them (design I8). Asks nobody outside when
 * `freshenPlan` went before; under the user's row lock no sync can change the answer before the commit.
 */
export async function planNow(deps: Deps, tx: Tx, userId: string): Promise<Plan> {
  const [rows, grants] = await Promise.all([
    subscriptionRowsOf(tx, userId),
    tx.select().from(provisionalGrants).where(eq(provisionalGrants.userId, userId)),
  ]);
  const now = deps.clock.now();
  const price = rows.length > 0 ? await deps.price() : null;
  const facts = price ? rows.map((row) => toFacts(row, price)) : [];
  return withGrants(derivePlan(facts, now, deps.settings.grace), asGrants(grants), now).plan;
}
