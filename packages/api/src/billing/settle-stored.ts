import type { Tx } from "@liveassist/db";
import { users } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { measureActivations } from "../operations/record-activation.ts";
import type { Terms } from "./compute-rows.ts";
import type { User } from "./compute-settlement.ts";
import { noteSync } from "./note-sync.ts";
import { reportHappenings } from "./report-happenings.ts";
import { settleUser } from "./settle-user.ts";
import { type GrantRow, type StoredState, storedState } from "./stored-state.ts";

interface Known {
  readonly user: User;
  readonly stored: StoredState;
  readonly terms: Terms;
}

/**
 * Settles a user by what is stored: when a grace is over, access ends without Stripe's word (requirements R22). `grant`
 * may answer what is granted on top of that, in the same transaction (design I11).
 */
export async function settleStored(
  deps: Deps,
  userId: string,
  grant: (tx: Tx, known: Known) => Promise<readonly GrantRow[]> = async () => [],
): Promise<void> {
  const began = deps.clock.wall();
  const price = await deps.price();
  const settled = await deps.db.transaction(async (tx) => {
    const [user] = await tx.select().from(users).where(eq(users.id, userId)).for("update");
    if (!user) return null;
    const terms = { now: deps.clock.now(), price, grace: deps.settings.grace };
    const stored = await storedState(tx, userId);
    const grants = [...stored.grants, ...(await grant(tx, { user, stored, terms }))];
    return settleUser(deps, tx, { user, stored, rows: stored.rows, grants, observed: null, terms });
  });
  if (!settled) return;
  const { news, activated, changes, ...line } = settled;
  reportHappenings(deps, userId, news);
  measureActivations(deps, activated);
  noteSync(deps, { road: "stored", began, userId, customerId: null, seq: null, decisions: [], settled });
  if (line.changed.length === 0) return;
  deps.log.warn(line, "settled without Stripe");
  deps.bus.nudge("outbox");
}
