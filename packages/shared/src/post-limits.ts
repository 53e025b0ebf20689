/** Longest post, in UTF-16 units. Stands alone: the web loads it first, and must not load zod with it. */
export const MOST_POST_UNITS = 4_000;

/** Longest reason of a report, in UTF-16 units. */
export const MOST_REASON_UNITS = 500;
