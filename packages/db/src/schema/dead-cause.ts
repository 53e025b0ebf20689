import { type Column, type SQL, sql } from "drizzle-orm";

/**
 * What an event's last error says of why it was given up on; the first pattern of SQL's `like` that fits counts, and what none
 * fits is a bug of ours. The texts are written by `resolveUser`, `decideEvents` and `failEvents`. A change needs a migration.
 */
export const DEAD_CAUSES = [
  ["unresolved: Stripe does not know %", "gone_at_stripe"],
  ["unresolved: customer % names several users: %", "contradiction"],
  ["unresolved: %", "no_user"],
  ["Stripe does not know %", "gone_at_stripe"],
  ["StripeError: %", "refused"],
] as const;

export const OTHER_CAUSE = "bug";

/** In SQL, the cause that a last error tells; written out, because only then an index on it is used. */
export const deadCauseOf = (lastError: Column): SQL<string> => {
  const cases = DEAD_CAUSES.map(
    ([like, cause]) => sql`when ${lastError} like ${raw(like)} then ${raw(cause)}`,
  );
  return sql`(case ${sql.join(cases, sql` `)} else ${raw(OTHER_CAUSE)} end)`;
};

const raw = (text: string): SQL => sql.raw(`'${text}'`);
