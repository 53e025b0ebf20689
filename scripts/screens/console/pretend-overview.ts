import type { Outputs } from "../../../packages/api/src/contract.ts";
import { ALERTS, type AlertName } from "../../../packages/shared/src/alerts.ts";
import { INDICATORS, type IndicatorName, type Readings } from "../../../packages/shared/src/indicators.ts";
import { ago, DAY, HOUR, secondsAgo } from "./moment-ago.ts";
import type { Answers } from "./open-console.ts";
import { chartsOf } from "./pretend-charts.ts";

type Indicators = Outputs["operations"]["readIndicators"];
type Incident = Outputs["operations"]["listIncidents"]["incidents"][number];

export const SERVERS = [
  "9b17c4e0-d2f6-4a83-b5e9-17c60fa2d438",
  "e2508af3-71bc-4d96-8c04-a93e5d1fb672",
] as const;

const GOOD: Readings = {
  slow_activations: 0,
  activation_seconds: 2.1,
  receipt_seconds: 0.8,
  webhook_failures: 0,
  dead_letters: 0,
  pending_seconds: 0,
  open_drifts: 0,
  stuck_checkouts: 0,
  paid_without_premium: 0,
  job_lag_seconds: 0.4,
  tail_lag_seconds: 0.02,
  stripe_away_seconds: 0,
  ai_errors: 0.008,
  open_flags: 0,
  sockets: 1_284,
};

/** The readings against their thresholds, as two servers say them. */
export function readingsOf(over: Partial<Readings> = {}, tells = true): Indicators {
  const readings = { ...GOOD, ...over };
  const isAway = (readings.stripe_away_seconds ?? 0) > 0;
  const indicators = (Object.keys(INDICATORS) as IndicatorName[]).map((name) => {
    const value = readings[name];
    const [alert, rule] = Object.entries(ALERTS).find(([, { indicator }]) => indicator === name) ?? [];
    const threshold = rule?.threshold ?? null;
    const isOver = value !== null && threshold !== null && value > threshold;
    const state = value === null ? ("unknown" as const) : isOver ? ("alert" as const) : ("ok" as const);
    return { name, unit: INDICATORS[name], value, alert: alert ?? null, threshold, state };
  });
  const servers = SERVERS.map((id, at) => ({
    id,
    started_at: ago((2 + at) * DAY + at * HOUR),
    seen_at: secondsAgo(2.5 + at),
    sockets: at === 0 ? 655 : 629,
    tail_lag_ms: at === 0 ? 18 : 20,
    stripe_ok_at: isAway ? ago(9) : secondsAgo(12.5 + at),
    stripe_failed_at: isAway ? secondsAgo(4.5 + at) : null,
  }));
  return { at: secondsAgo(1.5), indicators, servers, tells };
}

const incident = ([id, alert]: [number, AlertName], began: number, rest: Partial<Incident>): Incident => ({
  id,
  alert,
  severity: ALERTS[alert].severity,
  value: 1,
  threshold: ALERTS[alert].threshold,
  opened_at: ago(began),
  last_seen_at: secondsAgo(3.5),
  closed_at: null,
  told_open_at: ago(began),
  told_closed_at: null,
  last_tell_error: null,
  ...rest,
});

const over = (began: number, minutes: number) => ({
  last_seen_at: ago(began - minutes),
  closed_at: ago(began - minutes),
  told_closed_at: ago(began - minutes),
});

/** What is over. */
export const pastIncidents = (): Incident[] => [
  incident([4, "stripe_away"], 26 * HOUR, { value: 412, ...over(26 * HOUR, 11) }),
  incident([3, "flags_waiting"], 4 * DAY, { value: 1, ...over(4 * DAY, 3 * HOUR) }),
  incident([1, "ai_failing"], 9 * DAY, { value: 0.083, ...over(9 * DAY, 24) }),
];

/** A key that lost its rights: events wait and die, and payments become Premium late. */
export const TROUBLE = {
  dead_letters: 7,
  webhook_failures: 0.018,
  slow_activations: 0.031,
  activation_seconds: 48.6,
};
export const openIncidents = (): Incident[] => [
  incident([7, "webhooks_failing"], 16, { value: 0.018, told_open_at: null, last_tell_error: "HTTP 503" }),
  incident([6, "activations_slow"], 12, { value: 0.031 }),
  incident([5, "dead_letters"], 31, { value: 7 }),
];

/** Everything is as it should be. */
export const CALM = (): Answers => ({
  "operations.readIndicators": () => readingsOf(),
  "operations.listIncidents": { incidents: pastIncidents(), next: null },
  "operations.readCharts": ({ range }) =>
    range === "week" ? chartsOf("week", "bad") : chartsOf(range === "day" ? "day" : "hour"),
});
