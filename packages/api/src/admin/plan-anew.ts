import type { Db, Tx } from "@liveassist/db";
import { sql } from "drizzle-orm";

/**
 * Reads with a plan made for the very values asked for. Statements are prepared, and after a few calls Postgres keeps one plan
 * for all values: right for what is always alike, and slow where one filter meets ten rows and the next half a million.
 */
export const planAnew = <T>(db: Db, read: (tx: Tx) => Promise<T>): Promise<T> =>
  db.transaction(
    async (tx) => {
      await tx.execute(sql`set local plan_cache_mode = force_custom_plan`);
      return read(tx);
    },
    { accessMode: "read only" },
  );
