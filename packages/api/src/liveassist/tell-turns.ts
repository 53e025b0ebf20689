import type { SessionEvent } from "@liveassist/shared/session-events";
import { cursorAt, wholeOffset } from "./event-cursor.ts";
import type { TrackedEvent } from "./replies.ts";
import { type Turn, type TurnStatus, toMessage } from "./turns.ts";

/** What a client knows: everything before this turn, and so much of it. Only the newest turn of a thread ever changes. */
export interface Told {
  readonly seq: number;
  /** Of the turn at `seq`; null: the client knows nothing of it, only its place. */
  readonly id: string | null;
  readonly units: number;
  readonly status: TurnStatus;
}

/** Knows everything before a place, and nothing from it on. */
export const toldBefore = (seq: number): Told => ({ seq, id: null, units: 0, status: "streaming" });

/** Knows all of a turn. */
export const toldAll = ({ seq, id, text, status }: Turn): Told => ({ seq, id, units: text.length, status });

interface Telling {
  readonly told: Told;
  readonly events: readonly TrackedEvent[];
}

/** What a client has to hear to know these turns, which begin at or after what it was told; each thing once, in order. */
export function tellTurns(known: Told, turns: readonly Turn[]): Telling {
  let told = known;
  const events: TrackedEvent[] = [];
  for (const turn of turns) {
    if (turn.seq < told.seq) continue;
    const isKnown = turn.seq === told.seq && told.id !== null;
    const telling = isKnown ? tellMore(told, turn) : tellNew(turn);
    told = telling.told;
    events.push(...telling.events);
  }
  return { told, events };
}

function tellNew(turn: Turn): Telling {
  const message = toMessage(turn);
  return { told: toldAll(turn), events: message ? [track(turn, { type: "message", message })] : [] };
}

/** A status that was told is never taken back by what an older read has seen. */
const RANK: Readonly<Record<TurnStatus, number>> = {
  streaming: 0,
  complete: 1,
  stopped: 1,
  interrupted: 1,
  failed: 1,
  superseded: 2,
};

function tellMore(told: Told, turn: Turn): Telling {
  const { id: replyId, text, status } = turn;
  if (turn.role === "user" || RANK[status] < RANK[told.status]) return { told, events: [] };
  const events: TrackedEvent[] = [];
  const message = toMessage(turn);
  const isOver = status !== "streaming";
  if (message && isOver && text.length < told.units) {
    // Its process is gone with what it had not stored yet: the client has more than there is.
    return { told: toldAll(turn), events: [track(turn, { type: "message", message })] };
  }
  const offset = wholeOffset(text, told.units);
  if (message && text.length > offset) {
    events.push(track(turn, { type: "delta", replyId, offset, text: text.slice(offset) }));
  }
  if (status !== "streaming" && status !== told.status) {
    events.push(track(turn, { type: "reply", replyId, status, failure: turn.failure }));
  }
  return { told: { ...told, units: Math.max(told.units, text.length), status }, events };
}

const track = (turn: Turn, event: SessionEvent): TrackedEvent => ({
  id: cursorAt(turn.id, turn.text.length),
  event,
});
