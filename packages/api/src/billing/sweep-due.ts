import { noneOf } from "@liveassist/db";
import { users } from "@liveassist/db/schema";
import { and, asc, lte } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { isTransient, retryDelay } from "./fail-events.ts";
import { settleStored } from "./settle-stored.ts";
import { syncUser } from "./sync-user.ts";

/** Users asked about in one sweep. */
const BATCH = 50;
/** Asked about at once, so that one slow answer does not hold up the others. */
const HANDS = 8;

/** Who could not be asked about, how often, and when to try again (wall time). One per process; losing it is harmless. */
export type SweepMemory = Map<string, { readonly failures: number; readonly retryAt: number }>;

/**
 * Asks Stripe about every user whose trial, period or grace has reached its end (requirements R22, design I12). Called each
 * second with domain time. Who cannot be asked about is settled by the stored facts and their grace, and tried again.
 */
export async function sweepDue(deps: Deps, memory: SweepMemory): Promise<number> {
  const wall = deps.clock.wall();
  const waiting = [...memory].filter(([, { retryAt }]) => retryAt > wall).map(([userId]) => userId);
  const due = await deps.db
    .select({ id: users.id })
    .from(users)
    .where(and(lte(users.checkAt, new Date(deps.clock.now())), noneOf(users.id, waiting)))
    .orderBy(asc(users.checkAt))
    .limit(BATCH);
  const queue = due.map(({ id }) => id);
  const hand = async (): Promise<void> => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) await askAbout(deps, id, memory);
  };
  await Promise.all(Array.from({ length: HANDS }, hand));
  return due.length;
}

async function askAbout(deps: Deps, userId: string, memory: SweepMemory): Promise<void> {
  try {
    await syncUser(deps, userId, "due");
    memory.delete(userId);
  } catch (error) {
    const failures = (memory.get(userId)?.failures ?? 0) + 1;
    memory.set(userId, {
      failures,
      retryAt: deps.clock.wall() + retryDelay(failures, deps.random.fraction()),
    });
    const line = { err: error, userId, failures };
    if (isTransient(error)) deps.log.warn(line, "Stripe could not be asked at a boundary; the grace runs");
    else deps.log.error(line, "a sync at a boundary failed");
    await settleStored(deps, userId);
  }
}
