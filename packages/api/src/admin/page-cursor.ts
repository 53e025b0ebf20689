import { AppError } from "@liveassist/shared/errors";

/** Where a page ended: a moment and, among what shares it, an id. */
export interface Position {
  readonly at: Date;
  readonly id: string;
}

/** The last moment that Postgres and ISO write with four digits of year, epoch milliseconds. */
const LATEST = Date.UTC(9999, 11, 31);

const IDS = {
  text: /^.+$/s,
  /** What a bigint and a number can both hold. */
  number: /^\d{1,15}$/,
  uuid: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i,
};

/** Writes a position down for whoever asks for the next page. */
export const toCursor = ({ at, id }: Position): string => `${at.getTime()}:${id}`;

/**
 * Reads a position; null: the first page. Throws `AppError INVALID_INPUT` for what was no cursor, or one of a list with other
 * ids, which the database could not read.
 */
export function fromCursor(cursor: string | undefined, ids: keyof typeof IDS = "text"): Position | null {
  if (cursor === undefined) return null;
  const [, at, id] = /^(\d{1,15}):(.+)$/s.exec(cursor) ?? [];
  if (at === undefined || id === undefined || Number(at) > LATEST || !IDS[ids].test(id))
    throw new AppError("INVALID_INPUT", "cursor: is not one of ours");
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
