import { badParam, missing } from "./errors.ts";
import { either, hash, integer, text } from "./params.ts";

/** The parameters every list takes. */
export const LIST_PARAMS = {
  limit: integer,
  starting_after: text,
  ending_before: text,
  created: either(integer, hash({ gt: integer, gte: integer, lt: integer, lte: integer })),
};

export interface Page {
  limit?: number | null;
  starting_after?: string | null;
  ending_before?: string | null;
  created?: number | Range | null;
}

interface Range {
  gt?: number | null;
  gte?: number | null;
  lt?: number | null;
  lte?: number | null;
}

interface Row {
  id: string;
  created?: number;
}

interface Listed {
  url: string;
  noun: string;
  /** Every row there is, oldest first: a page can begin at one that the filter hides by now. */
  all?: Iterable<Row>;
}

/**
 * One page of rows that come oldest first, as Stripe answers it: newest first, 10 by default and 100 at most.
 * `starting_after` goes on to older rows, `ending_before` back to newer ones.
 */
export function paginate<T extends Row>(
  rows: readonly T[],
  page: Page,
  listed: Listed,
): { object: "list"; data: T[]; has_more: boolean; url: string } {
  const limit = page.limit ?? 10;
  if (limit < 1 || limit > 100) {
    throw badParam(
      "parameter_invalid_integer",
      `This value must be between 1 and 100 (inclusive): ${limit}`,
      "limit",
    );
  }
  if (page.starting_after && page.ending_before) {
    throw badParam(
      "parameters_exclusive",
      "You may only specify one of these parameters: ending_before, starting_after.",
      "ending_before",
    );
  }
  const { url } = listed;
  const newest = rows.toReversed();
  const within = (some: T[]) => some.filter((row) => isWithin(row.created ?? 0, page.created));
  if (page.ending_before) {
    const { from } = placeOf(newest, page.ending_before, { ...listed, param: "ending_before" });
    const newer = within(newest.slice(0, from));
    return { object: "list", data: newer.slice(-limit), has_more: newer.length > limit, url };
  }
  const after = page.starting_after;
  const start = after ? placeOf(newest, after, { ...listed, param: "starting_after" }).to : 0;
  const older = within(newest.slice(start));
  return { object: "list", data: older.slice(0, limit), has_more: older.length > limit, url };
}

/** Where a row is, or would be if it were listed: newer ones are before `from`, older ones begin at `to`. */
function placeOf(
  rows: readonly Row[],
  id: string,
  { noun, param, all = [] }: Listed & { param: string },
): { from: number; to: number } {
  const place = rows.findIndex((row) => row.id === id);
  if (place !== -1) return { from: place, to: place + 1 };
  const ids = Array.from(all, (row) => row.id);
  const hidden = ids.indexOf(id);
  if (hidden === -1) throw missing(noun, id, param);
  const older = new Set(ids.slice(0, hidden));
  const first = rows.findIndex((row) => older.has(row.id));
  const at = first === -1 ? rows.length : first;
  return { from: at, to: at };
}

/** Whether a moment is in a range as `created` takes it. */
export function isWithin(created: number, range: number | Range | null | undefined): boolean {
  if (range === null || range === undefined) return true;
  if (typeof range === "number") return created === range;
  const { gt, gte, lt, lte } = range;
  return (
    created > (gt ?? -1) &&
    created >= (gte ?? 0) &&
    created < (lt ?? Number.POSITIVE_INFINITY) &&
    created <= (lte ?? Number.POSITIVE_INFINITY)
  );
}
