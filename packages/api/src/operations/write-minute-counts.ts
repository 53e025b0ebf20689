import { minuteCounts } from "@liveassist/db/schema";
import { sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";

/** Adds what this process counted to what all servers counted. What cannot be written is kept for the next time; then it throws. */
export async function writeMinuteCounts({ db, metrics }: Pick<Deps, "db" | "metrics">): Promise<void> {
  const taken = metrics.minutes.take();
  if (taken.length === 0) return;
  // In one order, so that two servers wait for each other instead of deadlocking.
  const key = (one: (typeof taken)[number]): string => `${one.minute} ${one.name} ${one.label}`;
  const rows = taken.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  try {
    await db.execute(sql`
      insert into ${minuteCounts} (minute, name, label, n)
      select to_timestamp(minute / 1000.0), name, label, n
      from json_to_recordset(${JSON.stringify(rows)}::json) as counted(minute bigint, name text, label text, n bigint)
      on conflict (minute, name, label) do update set n = minute_counts.n + excluded.n`);
  } catch (error) {
    metrics.minutes.giveBack(taken);
    throw error;
  }
}
