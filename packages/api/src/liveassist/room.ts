import type { Draft } from "./draft.ts";
import type { Known } from "./read-turns.ts";
import type { MessageRow, Turn } from "./turns.ts";

/** Turns kept in memory for followers that keep up; who is further behind reads the rows. */
const KEPT = 20;

/** A session that somebody follows in this process: its newest turns, and who waits for more. */
export interface Room {
  readonly sessionId: string;
  /** Null: not read yet. */
  turns: Turn[] | null;
  /** From this place on `turns` is all there is. */
  base: number;
  isGone: boolean;
  readonly wakes: Set<() => void>;
}

/** A session of which nothing is known yet. */
export const openRoom = (sessionId: string): Room => ({
  sessionId,
  turns: null,
  base: 0,
  isGone: false,
  wakes: new Set(),
});

/** Wakes everybody who follows a session. */
export function wakeRoom(room: Room): void {
  for (const wake of room.wakes) wake();
}

/** The newest turn known. */
export const newestOf = (room: Room): Turn | undefined => room.turns?.at(-1);

/** What the next read of this session is compared with. */
export function knownOf(room: Room): Known {
  const newest = newestOf(room);
  // An empty session that was read once must not begin with its newest turn again: from 0 on everything is new.
  const seq = newest?.seq ?? (room.turns ? 0 : null);
  return { id: room.sessionId, seq, status: newest?.status ?? null };
}

/** Whether a row tells something that the room does not know yet. */
export function isNews(room: Room, row: MessageRow): boolean {
  const turn = room.turns?.find((one) => one.id === row.id);
  return !turn || turn.status !== row.status || turn.text !== row.text;
}

/** Takes over what was read; true when it was news. */
export function updateRoom(room: Room, read: { isThere: boolean; turns: readonly Turn[] }): boolean {
  const isFirst = room.turns === null;
  const turns = [...(room.turns ?? [])];
  for (const turn of read.turns) {
    const at = turns.findIndex((one) => one.id === turn.id);
    if (at < 0) turns.push(turn);
    else turns[at] = turn;
  }
  if (isFirst) room.base = turns[0]?.seq ?? 0;
  if (turns.length > KEPT) {
    turns.splice(0, turns.length - KEPT);
    room.base = turns[0]?.seq ?? 0;
  }
  room.turns = turns;
  const isGone = room.isGone;
  room.isGone = !read.isThere;
  return isFirst || read.turns.length > 0 || isGone !== room.isGone;
}

/** A turn with what is being written here at this moment: the memory is ahead of the row. */
export function withDraft(turn: Turn, draft: Draft | undefined): Turn {
  const isAhead = turn.status === "streaming" && draft !== undefined && draft.text.length > turn.text.length;
  return isAhead ? { ...turn, text: draft.text } : turn;
}
