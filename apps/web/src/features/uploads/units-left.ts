/** What is known of today's images (requirements R5). Times in epoch ms. */
export interface Allowance {
  /** What is known of the plan's limit; null: unlimited. */
  readonly limit: number | null;
  readonly used: number;
  readonly resetsAt: number | null;
  /** When `used` was read. */
  readonly asOf: number;
  readonly video: boolean;
}

/**
 * How many more pictures may begin. `taken` are the units of this page: the moment when the server gave each, null while it
 * is being asked; those that `used` cannot know of yet are counted besides. Past the reset nothing is known to be used.
 */
export function unitsLeft(allowance: Allowance, taken: readonly (number | null)[], now: number): number {
  const { limit, used, resetsAt, asOf } = allowance;
  if (limit === null) return Number.POSITIVE_INFINITY;
  const dayTurned = resetsAt !== null && now >= resetsAt;
  const since = dayTurned ? resetsAt : asOf;
  const unknown = taken.filter((at) => at === null || at > since).length;
  return Math.max(0, limit - (dayTurned ? 0 : used) - unknown);
}

/** Two allowances that say the same about what may begin: after a refusal, asking again under the same is useless. */
export const sameAllowance = (one: Allowance, other: Allowance): boolean =>
  one.limit === other.limit &&
  one.used === other.used &&
  one.resetsAt === other.resetsAt &&
  one.video === other.video;
