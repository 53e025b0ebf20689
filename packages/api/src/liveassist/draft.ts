import { isHigh } from "./event-cursor.ts";

/** The text of a reply while it is being written, in memory; only whole characters that a row can hold. */
export interface Draft {
  readonly replyId: string;
  readonly sessionId: string;
  readonly text: string;
  /** Adds a piece; one that ends in half of a character waits for the other half. */
  append(piece: string): void;
  /** No more comes: half a character that waits will stay half, and is shown as unreadable. */
  close(): void;
}

/** Begins a reply's text. */
export function createDraft(of: { replyId: string; sessionId: string }): Draft {
  let text = "";
  let held = "";
  return {
    ...of,
    get text() {
      return text;
    },
    append(piece) {
      const all = held + piece;
      const isHalf = all.length > 0 && isHigh(all.charCodeAt(all.length - 1));
      held = isHalf ? all.slice(-1) : "";
      text += storable(isHalf ? all.slice(0, -1) : all);
    },
    close() {
      text += storable(held);
      held = "";
    },
  };
}

/** Postgres keeps neither a NUL nor half of a surrogate pair; the row must say what was shown. */
const storable = (piece: string): string => piece.toWellFormed().replaceAll("\0", "\uFFFD");
