import { withPatience } from "@liveassist/api";
import { type MigrationState, readMigrations } from "@liveassist/db";
import { jobLagMs, judgeJob } from "@liveassist/shared/job-health";
import { sql } from "drizzle-orm";
import type { Running } from "../deps.ts";
import { SWEEP_JOB, TAIL_JOB } from "../jobs/names.ts";
import type { Vitals, WatchedJob } from "../vitals.ts";

/** A check that takes longer has failed. */
const PATIENCE_MS = 2_000;
/** Without its sweep or its tail for so long, a server does not do its work. */
const STUCK_MS = 30_000;
/** A job that is so far behind is called late. */
const LATE_MS = 60_000;

/** What `/readyz` says: in figures, and nothing of anybody. */
export interface Readiness {
  readonly status: "ready" | "degraded" | "unavailable";
  readonly checks: {
    readonly database: { readonly ok: boolean; readonly ms: number };
    readonly migrations: MigrationState | { readonly ok: false };
    readonly jobs: { readonly ok: boolean; readonly late: readonly string[] };
    readonly stripe: { readonly ok: boolean; readonly last_success_age_seconds: number | null };
    readonly tail: { readonly ok: boolean; readonly lag_ms: number };
    readonly stopping: boolean;
  };
}

type Parts = Pick<Running, "deps" | "vitals">;

/**
 * Looks whether this server can do its work: it cannot without database, migrations, its inbox's sweep or its outbox's tail,
 * or when it stops. Late jobs and an absent Stripe degrade it only: another server would be no better off.
 */
export async function checkReadiness({ deps, vitals }: Parts): Promise<Readiness> {
  const wall = deps.clock.wall();
  const failed = (error: unknown): null => {
    deps.log.warn({ err: error }, "not ready: the database does not answer");
    return null;
  };
  const answer = withPatience(deps.db.execute(sql`select 1`), PATIENCE_MS).catch(failed);
  const [database, migrations] = await Promise.all([
    answer.then((rows) => ({ ok: rows !== null, ms: Math.round(deps.clock.wall() - wall) })),
    withPatience(readMigrations(deps.db), PATIENCE_MS).catch(() => null),
  ]);
  const lagOf = ({ everyMs, read }: WatchedJob): number => jobLagMs({ everyMs, ...read() }, wall);
  const late = [...vitals.jobs]
    .filter(
      ([, job]) => lagOf(job) > LATE_MS || judgeJob({ everyMs: job.everyMs, ...job.read() }, wall) === "hung",
    )
    .map(([name]) => name);
  const [sweepLag, tailLag] = [SWEEP_JOB, TAIL_JOB].map((name) => {
    const job = vitals.jobs.get(name);
    return job ? lagOf(job) : 0;
  }) as [number, number];
  const checks = {
    database,
    migrations: migrations ?? ({ ok: false } as const),
    jobs: { ok: late.length === 0, late },
    stripe: stripeNow(vitals, wall),
    tail: { ok: tailLag <= STUCK_MS, lag_ms: Math.round(tailLag) },
    stopping: vitals.stopping.signal.aborted,
  };
  const isAble =
    database.ok && checks.migrations.ok && checks.tail.ok && sweepLag <= STUCK_MS && !checks.stopping;
  const isWell = checks.jobs.ok && checks.stripe.ok;
  return { status: isAble ? (isWell ? "ready" : "degraded") : "unavailable", checks };
}

function stripeNow({ stripeOkAt, stripeFailingSince }: Vitals, wall: number) {
  return {
    ok: stripeFailingSince === null,
    last_success_age_seconds:
      stripeOkAt === null ? null : Math.max(0, Math.round((wall - stripeOkAt) / 1_000)),
  };
}
