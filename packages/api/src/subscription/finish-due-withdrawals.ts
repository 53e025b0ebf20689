import { withdrawals } from "@liveassist/db/schema";
import { and, asc, inArray, isNull, lte } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { finishWithdrawal, LEASE_MS } from "./finish-withdrawal.ts";

/** Worked off at once by one process. */
const BATCH = 10;

/** Takes up the withdrawals that are due: Stripe was away, or a process was killed. Answers how many. */
export async function finishDueWithdrawals(deps: Deps): Promise<number> {
  const wall = deps.clock.wall();
  const due = deps.db
    .select({ id: withdrawals.id })
    .from(withdrawals)
    .where(and(isNull(withdrawals.completedAt), lte(withdrawals.nextAttemptAt, new Date(wall))))
    .orderBy(asc(withdrawals.nextAttemptAt))
    .limit(BATCH)
    .for("update", { skipLocked: true });
  const claimed = await deps.db
    .update(withdrawals)
    .set({ nextAttemptAt: new Date(wall + LEASE_MS) })
    .where(inArray(withdrawals.id, due))
    .returning({ id: withdrawals.id });
  await Promise.all(claimed.map(({ id }) => finishWithdrawal(deps, id)));
  return claimed.length;
}
