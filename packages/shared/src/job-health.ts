/** How a job was seen last; wall time, epoch ms. */
export interface SeenJob {
  readonly everyMs: number;
  /** When its server began. */
  readonly startedAt: number;
  readonly runningSince: number | null;
  readonly lastSuccessAt: number | null;
  readonly lastFailureAt: number | null;
}

export type JobHealth = "ok" | "failing" | "hung";

/** A turn that takes longer, or gets no step further for so long, hangs. */
const HUNG_MS = 60_000;
/** A server that has not said for so long that it is there is gone. */
export const GONE_MS = 60_000;

/** How far a job is behind its turn, in ms: since it last succeeded, or since its server began, less its interval. */
export const jobLagMs = ({ everyMs, startedAt, lastSuccessAt }: SeenJob, wall: number): number =>
  Math.max(0, wall - (lastSuccessAt ?? startedAt) - everyMs);

/** How a job is doing: one whose turn does not end is hung, one whose last turn failed is failing. */
export function judgeJob(job: SeenJob, wall: number): JobHealth {
  if (job.runningSince !== null && wall - job.runningSince > HUNG_MS) return "hung";
  return (job.lastFailureAt ?? 0) > (job.lastSuccessAt ?? 0) ? "failing" : "ok";
}
