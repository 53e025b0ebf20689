import { jobStates, servers } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import type { restartJobInput, restartJobOutput } from "@liveassist/shared/inputs/operations";
import { GONE_MS } from "@liveassist/shared/job-health";
import { and, eq, gt, inArray } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Has a job leave its turn and begin anew, on every living server: each does it with its next heartbeat. */
export async function restartJob(
  { db, clock }: Deps,
  _actor: Actor,
  { job }: z.infer<typeof restartJobInput>,
): Promise<z.infer<typeof restartJobOutput>> {
  const wall = clock.wall();
  const living = db
    .select({ id: servers.serverId })
    .from(servers)
    .where(gt(servers.seenAt, new Date(wall - GONE_MS)));
  const asked = await db
    .update(jobStates)
    .set({ restartAskedAt: new Date(wall) })
    .where(and(eq(jobStates.job, job), inArray(jobStates.serverId, living)))
    .returning({ serverId: jobStates.serverId });
  if (asked.length === 0) throw new AppError("NOT_FOUND", "No living server has a job of this name.");
  return { asked: asked.length };
}
