import { type SQL, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";

/** A server that has not been heard of for so long is gone. */
const GONE_MS = 60_000;

/** In SQL: the server lives. Whoever asks does, however long its heartbeat has been silent. */
export const isLiving = ({ clock, serverId }: Pick<Deps, "clock" | "serverId">): SQL =>
  sql`(servers.seen_at > ${new Date(clock.wall() - GONE_MS).toISOString()} or servers.server_id = ${serverId})`;

type Found = Record<"job" | "tail" | "stripe" | "sockets", number | null>;

/** What the living servers say of themselves; null: there is none. */
export async function measureServers(deps: Pick<Deps, "db" | "clock" | "serverId">) {
  const wall = new Date(deps.clock.wall()).toISOString();
  const rows = await deps.db.execute<Found>(sql`
    with living as (select * from servers where ${isLiving(deps)})
    select
      (select max(extract(epoch from ${wall}::timestamptz - coalesce(last_success_at, started_at)) - every_ms / 1000.0)::float8
        from job_states join living using (server_id)) as job,
      max(tail_lag_ms)::float8 / 1000 as tail,
      max(case when stripe_failing_since is null then 0
        else extract(epoch from stripe_failed_at - stripe_failing_since) end)::float8 as stripe,
      sum(sockets)::int as sockets
    from living`);
  const [found] = rows;
  return {
    job_lag_seconds: typeof found?.job === "number" ? Math.max(0, found.job) : null,
    tail_lag_seconds: found?.tail ?? null,
    stripe_away_seconds: found?.stripe ?? null,
    sockets: found?.sockets ?? null,
  };
}
