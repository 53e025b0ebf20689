import { jobStates, servers } from "@liveassist/db/schema";
import { GONE_MS, jobLagMs } from "@liveassist/shared/job-health";
import { eq, type SQL, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";

/** In SQL: the server lives. Whoever asks does, however long its heartbeat has been silent. */
export const isLiving = ({ clock, serverId }: Pick<Deps, "clock" | "serverId">): SQL =>
  sql`(servers.seen_at > ${new Date(clock.wall() - GONE_MS).toISOString()} or servers.server_id = ${serverId})`;

type Found = Record<"tail" | "stripe" | "sockets", number | null>;

/** What the living servers say of themselves; null: there is none. */
export async function measureServers(deps: Pick<Deps, "db" | "clock" | "serverId">) {
  const [[found], lags] = await Promise.all([
    deps.db.execute<Found>(sql`
      select max(tail_lag_ms)::float8 / 1000 as tail, sum(sockets)::int as sockets,
        max(case when stripe_failing_since is null then 0
          else extract(epoch from stripe_failed_at - stripe_failing_since) end)::float8 as stripe
      from servers where ${isLiving(deps)}`),
    jobLags(deps),
  ]);
  return {
    job_lag_seconds: lags.length > 0 ? Math.max(...lags) / 1000 : null,
    tail_lag_seconds: found?.tail ?? null,
    stripe_away_seconds: found?.stripe ?? null,
    sockets: found?.sockets ?? null,
  };
}

/** How far each job of each living server is behind its turn, milliseconds. */
async function jobLags(deps: Pick<Deps, "db" | "clock" | "serverId">): Promise<number[]> {
  const rows = await deps.db
    .select({ job: jobStates, startedAt: servers.startedAt })
    .from(jobStates)
    .innerJoin(servers, eq(servers.serverId, jobStates.serverId))
    .where(isLiving(deps));
  return rows.map(({ job, startedAt }) =>
    jobLagMs(
      {
        everyMs: job.everyMs,
        startedAt: startedAt.getTime(),
        runningSince: job.runningSince?.getTime() ?? null,
        lastSuccessAt: job.lastSuccessAt?.getTime() ?? null,
        lastFailureAt: job.lastFailureAt?.getTime() ?? null,
      },
      deps.clock.wall(),
    ),
  );
}
