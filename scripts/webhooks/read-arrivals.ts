import { setTimeout as pause } from "node:timers/promises";
import type { Sql } from "../../packages/db/src/index.ts";

const LOOK_MS = 300;

/** Events of one type that arrived, and what became of them. */
export interface Arrival {
  readonly type: string;
  readonly n: number;
  readonly outcomes: string;
}

interface Wanted {
  readonly types: readonly string[];
  /** Wall time, ISO. */
  readonly since: string;
  readonly patienceMs: number;
}

/** Looks into the ledger until every type arrived and none waits, or the patience is over. */
export async function readArrivals(sql: Sql, { types, since, patienceMs }: Wanted): Promise<Arrival[]> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const found = await sql<Arrival[]>`
      select type, count(*)::int as n, string_agg(distinct coalesce(outcome, 'waiting'), ', ') as outcomes
      from webhook_events where received_at >= ${since}::timestamptz and source = 'webhook'
        and type in (select jsonb_array_elements_text(${JSON.stringify(types)}::jsonb))
      group by type`;
    const isComplete =
      found.length === types.length && found.every(({ outcomes }) => !outcomes.includes("waiting"));
    if (isComplete || Date.now() > deadline) return [...found];
    await pause(LOOK_MS);
  }
}
