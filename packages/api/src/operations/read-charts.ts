import type { chartsInput, chartsOutput } from "@liveassist/shared/inputs/operations";
import { type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

type Point = z.infer<typeof chartsOutput>["points"][number];

/** Steps of a range, seconds, and how many of them it has. */
const RANGES = {
  hour: { step: 60, steps: 60 },
  day: { step: 15 * 60, steps: 96 },
  week: { step: 2 * 60 * 60, steps: 84 },
} as const;

type Counted = Record<
  "at" | "stored" | "skipped" | "ignored" | "failed" | "replies" | "replies_failed",
  number
>;
type Activated = Record<"at" | "n", number> &
  Record<"activation_p50" | "activation_p99" | "receipt_p50" | "receipt_p99", number | null>;

/** Arrivals, failures and the time to activation, step by step, up to the step that is under way; wall time. */
export async function readCharts(
  deps: Deps,
  _actor: Actor,
  { range }: z.infer<typeof chartsInput>,
): Promise<z.infer<typeof chartsOutput>> {
  const { step, steps } = RANGES[range];
  const stepMs = step * 1000;
  const to = (Math.floor(deps.clock.wall() / stepMs) + 1) * stepMs;
  const from = to - steps * stepMs;
  const span = { from: new Date(from).toISOString(), step };
  const [counted, activated] = await Promise.all([readCounts(deps, span), readActivations(deps, span)]);
  return {
    from: span.from,
    to: new Date(to).toISOString(),
    step_seconds: step,
    points: Array.from({ length: steps }, (_, index) => {
      const at = from + index * stepMs;
      return toPoint(at, counted.get(at), activated.get(at));
    }),
  };
}

const toPoint = (at: number, counts?: Counted, times?: Activated): Point => ({
  at: new Date(at).toISOString(),
  stored: counts?.stored ?? 0,
  skipped: counts?.skipped ?? 0,
  ignored: counts?.ignored ?? 0,
  failed: counts?.failed ?? 0,
  activations: times?.n ?? 0,
  activation_p50: times?.activation_p50 ?? null,
  activation_p99: times?.activation_p99 ?? null,
  receipt_p50: times?.receipt_p50 ?? null,
  receipt_p99: times?.receipt_p99 ?? null,
  replies: counts?.replies ?? 0,
  replies_failed: counts?.replies_failed ?? 0,
});

interface Span {
  /** ISO time. */
  readonly from: string;
  /** Seconds. */
  readonly step: number;
}

/** The beginning of a moment's step; epochs are taken of steps alone, because of fifty thousand rows they take long. */
const binOf = (moment: SQL, { from, step }: Span): SQL =>
  sql`date_bin(${step}::int * interval '1 second', ${moment}, ${from}::timestamptz)`;
const AT = sql`(extract(epoch from bin) * 1000)::float8 as at`;

/** By the beginning of each step, epoch ms. */
async function readCounts({ db }: Deps, { from, step }: Span): Promise<Map<number, Counted>> {
  const rows = await db.execute<Counted>(sql`
    with counted as (
      select ${binOf(sql`minute`, { from, step })} as bin, name, label, sum(n::int) as n
      from minute_counts where minute >= ${from} and name in ('webhooks', 'replies') group by bin, name, label)
    select ${AT},
      coalesce(sum(n) filter (where label = 'stored'), 0)::int as stored,
      coalesce(sum(n) filter (where label = 'skipped'), 0)::int as skipped,
      coalesce(sum(n) filter (where label = 'ignored'), 0)::int as ignored,
      coalesce(sum(n) filter (where label in ('failed', 'invalid', 'invalid_signature')), 0)::int as failed,
      coalesce(sum(n) filter (where name = 'replies'), 0)::int as replies,
      coalesce(sum(n) filter (where label in ('away', 'busy', 'misconfigured')), 0)::int as replies_failed
    from counted group by bin`);
  return new Map(rows.map((row) => [row.at, row]));
}

async function readActivations({ db }: Deps, { from, step }: Span): Promise<Map<number, Activated>> {
  const rows = await db.execute<Activated>(sql`
    with activated as (
      select ${binOf(sql`committed_at`, { from, step })} as bin,
        greatest(0, extract(epoch from activated_at - paid_at))::float8 as activation,
        extract(epoch from committed_at - received_at)::float8 as receipt
      from activations where committed_at >= ${from})
    select ${AT}, count(*)::int as n,
      percentile_cont(0.5) within group (order by activation) as activation_p50,
      percentile_cont(0.99) within group (order by activation) as activation_p99,
      percentile_cont(0.5) within group (order by receipt) as receipt_p50,
      percentile_cont(0.99) within group (order by receipt) as receipt_p99
    from activated group by bin`);
  return new Map(rows.map((row) => [row.at, row]));
}
