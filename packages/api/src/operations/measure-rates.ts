import {
  aiErrors,
  LEAST_SLOW,
  type MinuteOfOutcomes,
  SLOW_SECONDS,
  shareOf,
  webhookFailures,
} from "@liveassist/shared/indicators";
import { sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import type { CountedName } from "./minute-counts.ts";

const HOUR_MS = 60 * 60_000;

type Measuring = Pick<Deps, "db" | "clock">;

const hourAgo = ({ clock }: Measuring): string => new Date(clock.wall() - HOUR_MS).toISOString();

interface Counted {
  readonly [column: string]: unknown;
  readonly minute: number;
  readonly name: CountedName;
  readonly label: string;
  readonly n: number;
}

/** Of the last hour's counts of all servers: how many deliveries and replies failed. */
export async function measureRates(deps: Measuring) {
  const rows = await deps.db.execute<Counted>(sql`
    select extract(epoch from minute)::float8 * 1000 as minute, name, label, n::float8 as n
    from minute_counts where minute > ${hourAgo(deps)}`);
  const deliveries = rows.flatMap(({ name, minute, label, n }): MinuteOfOutcomes[] => {
    if (name === "backfilled") return label === "silent" ? [{ minute, outcome: "missed", n }] : [];
    return name === "webhooks" ? [{ minute, outcome: label, n }] : [];
  });
  const replies = rows
    .filter(({ name }) => name === "replies")
    .map(({ label, n }) => ({ failure: label, n }));
  return { webhook_failures: webhookFailures(deliveries), ai_errors: aiErrors(replies) };
}

type Activations = Record<"n" | "slow", number> & Record<"since_paid" | "since_receipt", number | null>;

/** How long the last hour's activations took: since Stripe's time by domain time, since receipt by wall time. */
export async function measureActivations(deps: Measuring) {
  const rows = await deps.db.execute<Activations>(sql`
    with latest as (
      select greatest(0, extract(epoch from activated_at - paid_at))::float8 as since_paid,
        extract(epoch from committed_at - received_at)::float8 as since_receipt
      from activations where committed_at > ${hourAgo(deps)})
    select count(*)::int as n,
      count(*) filter (where since_paid > ${SLOW_SECONDS} or since_receipt > ${SLOW_SECONDS})::int as slow,
      percentile_cont(0.99) within group (order by since_paid) as since_paid,
      percentile_cont(0.99) within group (order by since_receipt) as since_receipt
    from latest`);
  const [found] = rows;
  return {
    slow_activations: shareOf(found?.slow ?? 0, found?.n ?? 0, LEAST_SLOW),
    activation_seconds: found?.since_paid ?? null,
    receipt_seconds: found?.since_receipt ?? null,
  };
}
