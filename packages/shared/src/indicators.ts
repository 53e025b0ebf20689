/** The service-level indicators (requirements R33): what is measured, in which unit. Order is the console's. */
export const INDICATORS = {
  /** Share of the last hour's activations that took longer than 30 s since Stripe, or since receipt; one alone is none. */
  slow_activations: "share",
  /** The 99th percentile of the last hour's, since Stripe's time. */
  activation_seconds: "seconds",
  /** The same since the first event about it was received. */
  receipt_seconds: "seconds",
  /** Share of the last hour's deliveries that were refused, could not be stored or never came; see `webhookFailures`. */
  webhook_failures: "share",
  /** Events given up on, up to 10,000. */
  dead_letters: "count",
  /** How long the longest waiting event has waited since it came, or was queued again. */
  pending_seconds: "seconds",
  /** Differences that a walk left unrepaired; what a walk under way has just found is being repaired. */
  open_drifts: "count",
  /** Checkouts that Stripe calls complete and that gave nobody anything for five minutes. */
  stuck_checkouts: "count",
  /** People whose stored subscription entitles them and whose row says Free. */
  paid_without_premium: "count",
  /** The longest that a job of a living server is behind its turn. */
  job_lag_seconds: "seconds",
  tail_lag_seconds: "seconds",
  /** How long Stripe has not answered while it was asked, from the first failure to the last; 0 while it answers. */
  stripe_away_seconds: "seconds",
  /** Share of the last hour's replies that the provider failed; fewer than three are none. */
  ai_errors: "share",
  /** Refunds, disputes and double payments that nobody has looked at. */
  open_flags: "count",
  sockets: "count",
} as const;

export type IndicatorName = keyof typeof INDICATORS;
export type Unit = (typeof INDICATORS)[IndicatorName];

/** One reading of all of them; null: there was nothing to measure. Shares are between 0 and 1. */
export type Readings = Readonly<Record<IndicatorName, number | null>>;

/** Slower than this breaks the promise (requirements R33), seconds. */
export const SLOW_SECONDS = 30;

/** A share is not told from fewer bad ones than this: one failure among three requests at night wakes nobody. */
export const LEAST_FAILURES = 3;
/** A payment that became Premium late is rarer and weighs more. */
export const LEAST_SLOW = 2;

/** The share of bad ones; 0 while they are fewer than `least`; null when there was nothing at all. */
export function shareOf(bad: number, all: number, least: number): number | null {
  if (all === 0) return null;
  return bad < least ? 0 : bad / all;
}

/** What became of the deliveries of one minute, by outcome; `minute` in epoch milliseconds. */
export interface MinuteOfOutcomes {
  readonly minute: number;
  readonly outcome: string;
  readonly n: number;
}

const TAKEN: ReadonlySet<string> = new Set(["stored", "skipped", "ignored"]);
const FAILED: ReadonlySet<string> = new Set(["failed", "invalid"]);
/** Anybody can sign wrongly, and what never came may have found a server that was just starting. */
const WHILE_NOTHING_COMES: ReadonlySet<string> = new Set(["invalid_signature", "missed"]);

/**
 * The share of deliveries that failed (requirements R33). A wrong signature, and an event that never came, count only since
 * the last delivery that was taken: with a wrong secret or endpoint none is, and one alone shows that both are right.
 */
export function webhookFailures(minutes: readonly MinuteOfOutcomes[]): number | null {
  const sum = (of: readonly MinuteOfOutcomes[]): number => of.reduce((total, { n }) => total + n, 0);
  const taken = minutes.filter(({ outcome }) => TAKEN.has(outcome));
  const lastTaken = Math.max(...taken.map(({ minute }) => minute));
  const bad = minutes.filter(
    ({ outcome, minute }) => FAILED.has(outcome) || (WHILE_NOTHING_COMES.has(outcome) && minute > lastTaken),
  );
  return shareOf(sum(bad), sum(bad) + sum(taken), LEAST_FAILURES);
}

const PROVIDERS: ReadonlySet<string> = new Set(["away", "busy", "misconfigured"]);

/** The share of replies that the provider failed; what it refused to say, and what somebody stopped, is no failure of its. */
export function aiErrors(
  replies: readonly { readonly failure: string; readonly n: number }[],
): number | null {
  const sum = (of: typeof replies): number => of.reduce((total, { n }) => total + n, 0);
  const bad = sum(replies.filter(({ failure }) => PROVIDERS.has(failure)));
  return shareOf(bad, sum(replies), LEAST_FAILURES);
}
