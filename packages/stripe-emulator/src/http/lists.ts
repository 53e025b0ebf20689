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

/**
 * One page of rows that come oldest first, as Stripe answers it: newest first, 10 by default and 100 at most.
 * `starting_after` goes on to older rows, `ending_before` back to newer ones.
 */
export function paginate<T extends Row>(
  rows: readonly T[],
  page: Page,
  { url, noun }: { url: string; noun: string },
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
  const newest = rows.filter((row) => isWithin(row.created ?? 0, page.created)).reverse();
  if (page.ending_before) {
    const newer = newest.slice(0, placeOf(newest, page.ending_before, { noun, param: "ending_before" }));
    return { object: "list", data: newer.slice(-limit), has_more: newer.length > limit, url };
  }
  const after = page.starting_after;
  const older = after ? newest.slice(placeOf(newest, after, { noun, param: "starting_after" }) + 1) : newest;
  return { object: "list", data: older.slice(0, limit), has_more: older.length > limit, url };
}

function placeOf(rows: readonly Row[], id: string, { noun, param }: { noun: string; param: string }): number {
  const place = rows.findIndex((row) => row.id === id);
  if (place === -1) throw missing(noun, id, param);
  return place;
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
