import { type Deps, replayDead, replayEvent } from "../../packages/api/src/index.ts";
import type { Sql } from "../../packages/db/src/index.ts";
import type { Progress } from "../console/progress.ts";
import { OPERATOR } from "../console/with-server.ts";
import { awaitEnds, type EventEnd } from "./await-ends.ts";

/** So many dead letters are under way at once: the next begin when these came to an end. */
const AT_ONCE = 100;

/** What came of one event: how it was taken, and its end. */
export interface Replayed extends EventEnd {
  /** `synced`: it had been processed, and its customer was asked about again; `nothing`: it concerns nobody we know. */
  readonly taken: "queued" | "synced" | "nothing";
}

/** What came of all. */
export interface ReplayReport {
  readonly events: readonly Replayed[];
  /** Ids no event has. */
  readonly unknown: readonly string[];
  /** Chosen, but not begun: those before them did not come to an end. */
  readonly not_begun: readonly string[];
}

interface Replaying {
  readonly deps: Deps;
  readonly sql: Sql;
  readonly progress: Progress;
  readonly patienceMs: number;
}

/** Replays the named events, whatever became of them, and waits for their ends. */
export async function replayNamed(
  { deps, sql, progress, patienceMs }: Replaying,
  ids: readonly string[],
): Promise<ReplayReport> {
  const taken = new Map<string, Replayed["taken"]>();
  const unknown: string[] = [];
  for (const [at, eventId] of ids.entries()) {
    progress.show(at / ids.length / 2, `asking for ${eventId}`);
    try {
      taken.set(eventId, (await replayEvent(deps, OPERATOR, { eventId })).outcome);
    } catch (error) {
      if ((error as { code?: string }).code !== "NOT_FOUND") throw error;
      unknown.push(eventId);
    }
  }
  const onEnded = (ended: number) =>
    progress.show(0.5 + ended / taken.size / 2, `${ended} of ${taken.size} came to an end`);
  const ends = await awaitEnds(sql, [...taken.keys()], { patienceMs, onEnded });
  const events = ends.map((end) => ({ ...end, taken: taken.get(end.event_id) ?? "nothing" }));
  return { events, unknown, not_begun: [] };
}

/** Replays dead letters in portions, each after the one before it came to its ends. */
export async function replayChosen(
  { deps, sql, progress, patienceMs }: Replaying,
  ids: readonly string[],
): Promise<ReplayReport> {
  const events: Replayed[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const eventIds = ids.slice(from, from + AT_ONCE);
    const before = events.length;
    await replayDead(deps, OPERATOR, { eventIds, limit: AT_ONCE });
    const onEnded = (ended: number) =>
      progress.show((before + ended) / ids.length, `${before + ended} of ${ids.length} came to an end`);
    const ends = await awaitEnds(sql, eventIds, { patienceMs, onEnded });
    events.push(...ends.map((end) => ({ ...end, taken: "queued" as const })));
    // Stripe or the database is away: more would only wait beside these.
    if (ends.some(({ outcome }) => outcome === "pending"))
      return { events, unknown: [], not_begun: ids.slice(from + AT_ONCE) };
  }
  return { events, unknown: [], not_begun: [] };
}
