import type { Tx } from "@liveassist/db";
import { usage, users } from "@liveassist/db/schema";
import { dayIn } from "@liveassist/shared/quota";
import { and, count, eq, type SQL, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";

/** Which units count: literally as the partial index says it, else Postgres cannot use it. */
export const IS_LIVE: SQL = sql`counted and state <> 'released'`;

/** The quota's calendar day now (`QUOTA_TIMEZONE`). */
export const today = (deps: Deps): string => dayIn(deps.settings.quotaTimezone, deps.clock.now());

/** How many of a day's units live. Under the user's row lock nobody else changes the answer. */
export async function countUnits(tx: Tx, userId: string, day: string): Promise<number> {
  const [row] = await tx
    .select({ live: count() })
    .from(usage)
    .where(and(eq(usage.userId, userId), eq(usage.day, day), IS_LIVE));
  return row?.live ?? 0;
}

/** Makes `users.image_counter` say what today's live units count (requirements R11), after they changed. */
export async function writeCounter(deps: Deps, tx: Tx, userId: string): Promise<void> {
  const imageCounter = await countUnits(tx, userId, today(deps));
  await tx.update(users).set({ imageCounter }).where(eq(users.id, userId));
}
