/** The service-level indicators (requirements R33): what is measured, in which unit. Order is the console's. */
export const INDICATORS = {
  /** Share of the last hour's activations that took longer than 30 s since Stripe, or since receipt. */
  slow_activations: "share",
  activation_seconds: "seconds",
  receipt_seconds: "seconds",
  /** Share of the last hour's deliveries that we refused or could not store. */
  webhook_failures: "share",
  dead_letters: "count",
  pending_seconds: "seconds",
  open_drifts: "count",
  /** Checkouts that Stripe calls complete and that gave nobody anything for five minutes. */
  stuck_checkouts: "count",
  /** People whose stored subscription entitles them and whose row says Free. */
  paid_without_premium: "count",
  /** The longest that a job of a living server is behind its turn. */
  job_lag_seconds: "seconds",
  tail_lag_seconds: "seconds",
  /** How long Stripe has not answered while it was asked; 0 while it answers. */
  stripe_away_seconds: "seconds",
  /** Share of the last hour's replies that the provider failed. */
  ai_errors: "share",
  /** Refunds, disputes and double payments that nobody has looked at. */
  open_flags: "count",
  sockets: "count",
} as const;

export type IndicatorName = keyof typeof INDICATORS;
export type Unit = (typeof INDICATORS)[IndicatorName];

/** One reading of all of them; null: there was nothing to measure. Shares are between 0 and 1. */
export type Readings = Readonly<Record<IndicatorName, number | null>>;
