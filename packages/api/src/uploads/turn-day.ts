import type { Db } from "@liveassist/db";
import { sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { IS_LIVE, today } from "./live-units.ts";

/** The day whose counters are true already; one memory a process, losing it is harmless. */
const turned = new WeakMap<Db, string>();

/** Begins a new day in `users.image_counter`, which says what today's live units count (requirements R11); once a day. */
export async function turnDay(deps: Deps): Promise<void> {
  const day = today(deps);
  if (turned.get(deps.db) === day) return;
  // Or later: a statement that comes late, after midnight, must not wipe out what the new day counts already.
  const isStale = sql`image_counter <> 0 and not exists
    (select 1 from usage where usage.user_id = users.id and day >= ${day} and ${IS_LIVE})`;
  // Who is locked is just changing units, or is asked about again at the next sweep.
  await deps.db.execute(sql`update users set image_counter = 0 where ${isStale}
    and id in (select id from users where ${isStale} for no key update skip locked)`);
  const [left] = await deps.db.execute(sql`select 1 from users where ${isStale} limit 1`);
  if (!left) turned.set(deps.db, day);
}
