import { setTimeout as pause } from "node:timers/promises";
import type { Sql } from "../../packages/db/src/index.ts";
import { maskText } from "../../packages/shared/src/mask.ts";

const LOOK_MS = 200;

/** What became of one event. */
export interface EventEnd {
  readonly event_id: string;
  readonly type: string;
  readonly outcome: "pending" | "processed" | "ignored" | "dead";
  readonly attempts: number;
  /** Of one that is not processed; without personal data. */
  readonly last_error: string | null;
}

interface Patience {
  /** Given up when nothing came to an end for so long; wall time. */
  readonly patienceMs: number;
  readonly onEnded: (ended: number) => void;
}

/** Waits until every event came to an end, or none did for a while; answers what became of each, in their order. */
export async function awaitEnds(
  sql: Sql,
  ids: readonly string[],
  { patienceMs, onEnded }: Patience,
): Promise<EventEnd[]> {
  let most = -1;
  let since = Date.now();
  for (;;) {
    const ends = await readEnds(sql, ids);
    const ended = ends.filter(({ outcome }) => outcome !== "pending").length;
    onEnded(ended);
    if (ended === ends.length) return ends;
    if (ended > most) {
      most = ended;
      since = Date.now();
    }
    if (Date.now() - since >= patienceMs) return ends;
    await pause(LOOK_MS);
  }
}

async function readEnds(sql: Sql, ids: readonly string[]): Promise<EventEnd[]> {
  const rows = await sql<EventEnd[]>`
    select e.event_id, e.type, coalesce(e.outcome, 'pending') as outcome, e.attempts,
      case when e.outcome = 'processed' then null else e.last_error end as last_error
    from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) with ordinality as asked(id, turn)
    join webhook_events e on e.event_id = asked.id order by asked.turn`;
  return rows.map((row) => ({ ...row, last_error: row.last_error && maskText(row.last_error) }));
}
