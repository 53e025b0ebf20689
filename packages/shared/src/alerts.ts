import type { IndicatorName, Readings } from "./indicators.ts";

/** An alert fires while its indicator is above its threshold. */
export interface Alert {
  /** `page`: somebody is woken; `ticket`: it can wait for the morning. */
  readonly severity: "page" | "ticket";
  readonly indicator: IndicatorName;
  /** Fires above it; `ALERT_THRESHOLDS` may set another. */
  readonly threshold: number;
  /** What is wrong, in one sentence for whoever is woken. */
  readonly summary: string;
}

/** Every alert there is, by its name, which is also its heading in the runbook. */
export const ALERTS = {
  activations_slow: {
    severity: "page",
    indicator: "slow_activations",
    threshold: 0.01,
    summary: "Payments take longer than 30 seconds to become Premium.",
  },
  webhooks_failing: {
    severity: "page",
    indicator: "webhook_failures",
    threshold: 0.001,
    summary: "Webhooks are refused or cannot be stored.",
  },
  dead_letters: {
    severity: "ticket",
    indicator: "dead_letters",
    threshold: 0,
    summary: "Events were given up on.",
  },
  events_stuck: {
    severity: "page",
    indicator: "pending_seconds",
    threshold: 300,
    summary: "An event has waited for over five minutes.",
  },
  drift_remains: {
    severity: "ticket",
    indicator: "open_drifts",
    threshold: 0,
    summary: "Differences between Stripe and us could not be repaired.",
  },
  checkouts_stuck: {
    severity: "page",
    indicator: "stuck_checkouts",
    threshold: 0,
    summary: "Somebody finished a checkout and got nothing.",
  },
  payers_on_free: {
    severity: "page",
    indicator: "paid_without_premium",
    threshold: 0,
    summary: "Somebody has paid and is on Free.",
  },
  job_late: {
    severity: "page",
    indicator: "job_lag_seconds",
    threshold: 120,
    summary: "A background job hangs or keeps failing.",
  },
  tail_late: {
    severity: "page",
    indicator: "tail_lag_seconds",
    threshold: 30,
    summary: "Open pages are not told of changes.",
  },
  stripe_away: {
    severity: "page",
    indicator: "stripe_away_seconds",
    threshold: 300,
    summary: "Stripe has not answered for over five minutes.",
  },
  ai_failing: {
    severity: "page",
    indicator: "ai_errors",
    threshold: 0.05,
    summary: "Replies of the assistant fail.",
  },
  flags_waiting: {
    severity: "ticket",
    indicator: "open_flags",
    threshold: 0,
    summary: "A refund, a dispute or a double payment waits for somebody to look at it.",
  },
} as const satisfies Record<string, Alert>;

export type AlertName = keyof typeof ALERTS;
export type Thresholds = Readonly<Partial<Record<AlertName, number>>>;

/** What the readings say of an alert; `unknown`: its indicator could not be measured, or there was nothing to measure. */
export interface Verdict {
  readonly alert: AlertName;
  readonly state: "breach" | "clear" | "unknown";
  /** 0 when unknown. */
  readonly value: number;
  readonly threshold: number;
}

/** The threshold that holds for an alert. */
export const thresholdOf = (alert: AlertName, thresholds: Thresholds): number =>
  thresholds[alert] ?? ALERTS[alert].threshold;

/** What the readings say of each alert. */
export function judgeReadings(readings: Readings, thresholds: Thresholds): Verdict[] {
  return (Object.keys(ALERTS) as AlertName[]).map((alert) => {
    const value = readings[ALERTS[alert].indicator];
    const threshold = thresholdOf(alert, thresholds);
    if (value === null) return { alert, state: "unknown", value: 0, threshold };
    return { alert, state: value > threshold ? "breach" : "clear", value, threshold };
  });
}

/** Evaluations in a row that have to breach before an alert fires: what passes within ten seconds wakes nobody. */
export const FIRES_AFTER = 2;
/** Evaluations in a row that have to be clear before it is over: what comes and goes is told once. */
export const CLEARS_AFTER = 3;

/** For how many evaluations in a row an alert has breached (positive) or been clear (negative). */
export type Streaks = Readonly<Partial<Record<AlertName, number>>>;

/** Goes on counting. What is unknown neither fires nor clears: the count stays where it is. */
export function countStreaks(before: Streaks, verdicts: readonly Verdict[]): Streaks {
  const after = verdicts.map(({ alert, state }): [AlertName, number] => {
    const streak = before[alert] ?? 0;
    if (state === "unknown") return [alert, streak];
    return [alert, state === "breach" ? Math.max(0, streak) + 1 : Math.min(0, streak) - 1];
  });
  return Object.fromEntries(after);
}
