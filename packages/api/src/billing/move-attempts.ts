import type { Tx } from "@liveassist/db";
import { checkoutAttempts } from "@liveassist/db/schema";
import { and, eq, inArray } from "drizzle-orm";
import type { Attempt, AttemptMove } from "./compute-attempts.ts";

/** A user's purchase attempts that are not finished. */
export function attemptsOf(tx: Tx, userId: string): Promise<Attempt[]> {
  const { id, sessionId, state } = checkoutAttempts;
  return tx
    .select({ id, sessionId, state })
    .from(checkoutAttempts)
    .where(and(eq(checkoutAttempts.userId, userId), inArray(state, ["open", "paid"])));
}

/** Moves attempts on. One that a checkout moved meanwhile stays where that put it. `now`: epoch milliseconds. */
export async function moveAttempts(tx: Tx, moves: readonly AttemptMove[], now: number): Promise<void> {
  for (const { id, from, to } of moves) {
    await tx
      .update(checkoutAttempts)
      .set({ state: to, updatedAt: new Date(now) })
      .where(and(eq(checkoutAttempts.id, id), eq(checkoutAttempts.state, from)));
  }
}
