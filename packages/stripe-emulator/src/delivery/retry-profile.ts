export const RETRY_PROFILES = ["fast", "test", "live"] as const;
export type RetryProfile = (typeof RETRY_PROFILES)[number];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Milliseconds from each failed attempt to the next. Stripe publishes only how long it goes on, not the steps. */
const STEPS: Record<RetryProfile, { steps: readonly number[]; onwards: number | null }> = {
  live: {
    steps: [
      5 * MINUTE,
      30 * MINUTE,
      2 * HOUR,
      5 * HOUR,
      10 * HOUR,
      12 * HOUR,
      12 * HOUR,
      12 * HOUR,
      12 * HOUR,
    ],
    onwards: null,
  },
  test: { steps: [10 * MINUTE, HOUR, 3 * HOUR], onwards: null },
  fast: { steps: [1_000, 2_000, 5_000, 10_000, 30_000], onwards: 30_000 },
};

/** How long to wait after that many attempts failed (ms), or null to give up. `fast` never gives up. */
export function retryDelay(profile: RetryProfile, attempts: number): number | null {
  const { steps, onwards } = STEPS[profile];
  return steps[attempts - 1] ?? onwards;
}
