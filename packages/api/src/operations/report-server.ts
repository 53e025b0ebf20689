import { jobStates, servers } from "@liveassist/db/schema";
import { and, eq, inArray, lte, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import type { PulseReading } from "../pulse.ts";

/** How a server is doing, as it sees itself; wall time, epoch ms. */
export interface ServerReport {
  readonly startedAt: number;
  readonly sockets: number;
  readonly tailLagMs: number;
  readonly stripeOkAt: number | null;
  readonly stripeFailedAt: number | null;
  readonly stripeFailingSince: number | null;
  readonly jobs: readonly ({ readonly job: string; readonly everyMs: number } & PulseReading)[];
}

type ReportDeps = Pick<Deps, "db" | "clock" | "serverId">;

/**
 * Writes down how this server and its jobs are doing, and answers which jobs an operator wants to begin anew: each wish is
 * answered once.
 */
export async function reportServer(deps: ReportDeps, report: ServerReport): Promise<string[]> {
  const seenAt = new Date(deps.clock.wall());
  const now = {
    seenAt,
    sockets: report.sockets,
    tailLagMs: Math.round(report.tailLagMs),
    stripeOkAt: date(report.stripeOkAt),
    stripeFailedAt: date(report.stripeFailedAt),
    stripeFailingSince: date(report.stripeFailingSince),
  };
  const { serverId } = deps;
  await deps.db
    .insert(servers)
    .values({ serverId, startedAt: new Date(report.startedAt), ...now })
    .onConflictDoUpdate({ target: servers.serverId, set: now });
  if (report.jobs.length === 0) return [];
  const rows = await deps.db
    .insert(jobStates)
    .values(
      report.jobs.map(({ job, everyMs, lastError, ...pulse }) => ({
        job,
        serverId,
        everyMs: Math.round(everyMs),
        runningSince: date(pulse.runningSince),
        lastSuccessAt: date(pulse.lastSuccessAt),
        lastFailureAt: date(pulse.lastFailureAt),
        lastError,
        seenAt,
      })),
    )
    .onConflictDoUpdate({
      target: [jobStates.job, jobStates.serverId],
      set: {
        everyMs: sql`excluded.every_ms`,
        runningSince: sql`excluded.running_since`,
        lastSuccessAt: sql`excluded.last_success_at`,
        lastFailureAt: sql`excluded.last_failure_at`,
        lastError: sql`excluded.last_error`,
        seenAt: sql`excluded.seen_at`,
      },
    })
    .returning({ job: jobStates.job, askedAt: jobStates.restartAskedAt });
  return takeWishes(
    deps,
    rows.flatMap(({ job, askedAt }) => (askedAt ? [{ job, askedAt }] : [])),
  );
}

const date = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** Taken before they are granted: a restart of the heartbeat itself must not be asked for again by its next turn. */
async function takeWishes(
  { db, serverId }: ReportDeps,
  wishes: readonly { readonly job: string; readonly askedAt: Date }[],
): Promise<string[]> {
  if (wishes.length === 0) return [];
  const jobs = wishes.map(({ job }) => job);
  const latest = new Date(Math.max(...wishes.map(({ askedAt }) => askedAt.getTime())));
  await db
    .update(jobStates)
    .set({ restartAskedAt: null })
    .where(
      and(
        eq(jobStates.serverId, serverId),
        inArray(jobStates.job, jobs),
        lte(jobStates.restartAskedAt, latest),
      ),
    );
  return jobs;
}
