import { AppError } from "@liveassist/shared/errors";

/** Where a page ended: a moment and, among what shares it, an id. */
export interface Position {
  readonly at: Date;
  readonly id: string;
}

/** Writes a position down for whoever asks for the next page. */
export const toCursor = ({ at, id }: Position): string => `${at.getTime()}:${id}`;

/** Reads a position; null: the first page. Throws `AppError INVALID_INPUT` for what was no cursor. */
export function fromCursor(cursor: string | undefined): Position | null {
  if (cursor === undefined) return null;
  const [, at, id] = /^(\d{1,15}):(.+)$/s.exec(cursor) ?? [];
  if (at === undefined || id === undefined) throw new AppError("INVALID_INPUT", "cursor: is not one of ours");
  return { at: new Date(Number(at)), id };
}

/** A page and the cursor behind it, out of one row more than were asked for. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  position: (row: T) => Position,
): { page: T[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { page, next: rows.length > limit && last !== undefined ? toCursor(position(last)) : null };
}
