import type { Stage } from "../stage.ts";

export interface InboxRow {
  readonly event_id: string;
  readonly type: string;
  readonly outcome: string | null;
  readonly customer_id: string | null;
  readonly last_error: string | null;
  /** Number of the observation that covered it; undefined where none is written down. */
  readonly observed_seq?: string | number | null;
}

/** Nothing acknowledged has vanished: each is applied, ignored by type or livemode, or a dead letter with its reason. */
export function checkInbox(stage: Stage, rows: readonly InboxRow[]): void {
  const stored = new Map(rows.map((row) => [row.event_id, row]));
  for (const letter of stage.letters) {
    const row = stored.get(letter.eventId);
    if (letter.acknowledged && !row)
      stage.faults.push(`acknowledged ${letter.type} ${letter.eventId} is nowhere`);
    if (!row) continue;
    if (row.outcome === null)
      stage.faults.push(`after quiet ${row.type} ${row.event_id} is still pending: ${row.last_error}`);
    if (row.outcome === "processed") checkCovered(stage, row);
    if (row.outcome !== "dead") continue;
    stage.figures.add("dead letters, as they must be");
    if (letter.stranger || stage.owners.get(row.customer_id ?? "") === null) continue;
    // A deleted customer does not say any more whose it was: unless it was bound before, nobody can tell.
    if (isDeleted(stage, row.customer_id) && row.last_error?.endsWith("names no user")) continue;
    stage.faults.push(`${row.type} ${row.event_id} became a dead letter: ${row.last_error}`);
  }
}

/** An event is processed only by an observation that began after it was stored (design I1). */
function checkCovered(stage: Stage, { event_id, type, observed_seq }: InboxRow): void {
  const stored = stage.storedIn.get(event_id);
  if (observed_seq === undefined || stored === undefined) return;
  const begun = observed_seq === null ? null : stage.observations.beginningOf(Number(observed_seq));
  if (begun === null)
    stage.faults.push(`${type} ${event_id} is called processed, but no observation covered it`);
  else if (begun.step < stored)
    stage.faults.push(`${type} ${event_id} is called processed by an observation that began before it came`);
}

const isDeleted = ({ core }: Stage, customerId: string | null): boolean =>
  customerId !== null && core.store.get("customers", customerId)?.deleted === true;
