import { jobStates, servers } from "@liveassist/db/schema";
import type { jobsOutput } from "@liveassist/shared/inputs/operations";
import { GONE_MS, jobLagMs, judgeJob } from "@liveassist/shared/job-health";
import { asc, eq, gt } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** How each job of each living server is doing, by name. */
export async function listJobs({ db, clock }: Deps, _actor: Actor): Promise<z.infer<typeof jobsOutput>> {
  const wall = clock.wall();
  const rows = await db
    .select({ state: jobStates, startedAt: servers.startedAt })
    .from(jobStates)
    .innerJoin(servers, eq(servers.serverId, jobStates.serverId))
    .where(gt(servers.seenAt, new Date(wall - GONE_MS)))
    .orderBy(asc(jobStates.job), asc(servers.startedAt), asc(jobStates.serverId));
  return {
    jobs: rows.map(({ state, startedAt }) => {
      const seen = {
        everyMs: state.everyMs,
        startedAt: startedAt.getTime(),
        runningSince: state.runningSince?.getTime() ?? null,
        lastSuccessAt: state.lastSuccessAt?.getTime() ?? null,
        lastFailureAt: state.lastFailureAt?.getTime() ?? null,
      };
      return {
        job: state.job,
        server_id: state.serverId,
        every_ms: state.everyMs,
        running_since: iso(state.runningSince),
        last_success_at: iso(state.lastSuccessAt),
        last_failure_at: iso(state.lastFailureAt),
        last_error: state.lastError,
        lag_seconds: jobLagMs(seen, wall) / 1_000,
        state: judgeJob(seen, wall),
        restart_asked_at: iso(state.restartAskedAt),
      };
    }),
  };
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
