import { type Deps, forgetServer, reportServer, withPatience } from "@liveassist/api";
import { createDb } from "@liveassist/db";
import { jobLagMs } from "@liveassist/shared/job-health";
import type { Vitals } from "../vitals.ts";
import { TAIL_JOB } from "./names.ts";
import { type Job, repeat } from "./repeat.ts";

const EVERY_MS = 5_000;
/** Nobody else could help it: a beat that takes longer is left by itself. */
const PATIENCE_MS = 15_000;
const FORGET_MS = 1_000;

/**
 * Says every five seconds how this server and its jobs are doing, and has those begin anew that an operator wants so. On
 * connections of its own, so that no other work can keep it waiting.
 */
export function startHeartbeat(deps: Deps, vitals: Vitals, databaseUrl: string): Job {
  const { clock, serverId } = deps;
  const database = createDb(databaseUrl, { max: 2, applicationName: "liveassist heartbeat" });
  const own = { db: database.db, clock, serverId };
  const startedAt = clock.wall();

  async function beat(): Promise<void> {
    const tail = vitals.jobs.get(TAIL_JOB);
    const jobs = [...vitals.jobs].map(([job, { everyMs, read }]) => ({ job, everyMs, ...read() }));
    const { sockets, stripeOkAt, stripeFailedAt, stripeFailingSince } = vitals;
    const tailLagMs = tail ? jobLagMs({ everyMs: tail.everyMs, ...tail.read() }, clock.wall()) : 0;
    const stripe = { stripeOkAt, stripeFailedAt, stripeFailingSince };
    const report = reportServer(own, { startedAt, sockets, tailLagMs, ...stripe, jobs });
    const wanted = await withPatience(report, PATIENCE_MS);
    if (wanted === null) throw new Error("the database did not take the heartbeat");
    for (const job of wanted) vitals.jobs.get(job)?.restart();
  }

  const job = repeat(deps, vitals, { job: "heartbeat", everyMs: EVERY_MS, firstMs: 0, turn: beat });
  return {
    async stop() {
      await job.stop();
      await withPatience(forgetServer(own), FORGET_MS).catch(() => null);
      await database.close();
    },
  };
}
