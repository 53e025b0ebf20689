import type { Deps } from "../deps.ts";
import type { Decision } from "./decide-events.ts";
import type { Settled } from "./settle-user.ts";

/** Who asked for a sync; `stored`: settled by what is stored, because Stripe could not be asked. */
export type Road =
  | "event"
  | "return"
  | "read"
  | "refresh"
  | "due"
  | "reconcile"
  | "replay"
  | "withdrawal"
  | "checkout"
  | "request"
  | "deletion"
  | "stored";

interface Synced {
  readonly road: Road | undefined;
  /** Wall time, epoch milliseconds. */
  readonly began: number;
  readonly userId: string;
  readonly customerId: string | null;
  readonly seq: number | null;
  /** What became of events by it. */
  readonly decisions: readonly Decision[];
  /** Null: discarded, because a newer observation was written. */
  readonly settled: Settled | null;
}

/** A flood of events in one sync tells no more by all of its ids. */
const MOST_IDS = 50;

/** Notes a sync for the user's timeline, as of when it began; nothing for one that changed nothing and marked no event. */
export function noteSync(deps: Pick<Deps, "trail">, synced: Synced): void {
  const { road, began, userId, customerId, seq, decisions, settled } = synced;
  if (decisions.length === 0 && (settled?.changed.length ?? 0) === 0) return;
  const idsOf = (kind: Decision["kind"]): string[] =>
    decisions.filter((one) => one.kind === kind).map((one) => one.event.facts.eventId);
  const detail = {
    outcome: outcomeOf(settled),
    ...some("road", road),
    ...some("customerId", customerId),
    ...some("seq", seq),
    events: decisions.length,
    ...ids("processed", idsOf("processed")),
    ...ids("dead", idsOf("dead")),
    ...ids("rechecked", idsOf("recheck")),
    ...(settled ? told(settled) : {}),
  };
  deps.trail.note({ userId, kind: "sync", at: began, detail });
}

function outcomeOf(settled: Settled | null): "changed" | "unchanged" | "discarded" {
  if (settled === null) return "discarded";
  return settled.changed.length > 0 ? "changed" : "unchanged";
}

const told = ({ before, after, changes, xpAwarded, version, activated }: Settled) => ({
  before,
  after,
  changes,
  version,
  ...(xpAwarded > 0 ? { xpAwarded } : {}),
  ...ids(
    "activated",
    activated.map((one) => one.subscriptionId),
  ),
});

const ids = (name: string, all: readonly string[]): Record<string, readonly string[]> =>
  all.length > 0 ? { [name]: all.slice(0, MOST_IDS) } : {};

const some = (name: string, value: unknown): Record<string, unknown> =>
  value === null || value === undefined ? {} : { [name]: value };
