/** Where a client has read to: a message, and how much of its text in UTF-16 units (design I13). */
export interface EventCursor {
  readonly messageId: string;
  readonly offset: number;
}

const CURSOR = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{1,9})$/i;

/** Reads `messageId:offset`; null when it was never a cursor of ours. */
export function parseCursor(text: string): EventCursor | null {
  const [, messageId, offset] = CURSOR.exec(text) ?? [];
  return messageId ? { messageId: messageId.toLowerCase(), offset: Number(offset) } : null;
}

/** The tracked id of an event that brings a message's text to this length. */
export const cursorAt = (messageId: string, offset: number): string => `${messageId}:${offset}`;

/** An offset that does not split a surrogate pair of this text: one less where it would. */
export function wholeOffset(text: string, offset: number): number {
  const splits =
    offset > 0 &&
    offset < text.length &&
    isLow(text.charCodeAt(offset)) &&
    isHigh(text.charCodeAt(offset - 1));
  return splits ? offset - 1 : offset;
}

/** The first half of a surrogate pair. */
export const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
