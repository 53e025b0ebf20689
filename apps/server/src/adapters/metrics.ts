import {
  createMinuteCounts,
  type GaugeName,
  HANDLED_EVENTS,
  type HistogramName,
  type MetricName,
  type Metrics,
} from "@liveassist/api";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

const HELP: Record<MetricName, string> = {
  liveassist_drift_total: "Differences found between Stripe and us, by cause.",
  liveassist_walks_total: "Walks of the reconciler, by outcome.",
  liveassist_events_backfilled_total: "Events that never arrived and were fetched from Stripe's list.",
  liveassist_provisional_grants_total: "Access given on the word of an event while Stripe was away.",
  liveassist_dead_letters_total: "Events given up on, by type.",
  liveassist_mails_total: "Mails, by outcome.",
  liveassist_webhook_requests_total: "Deliveries to the webhook route, by outcome.",
  liveassist_replies_total: "Replies of the assistant, by outcome and, of those that failed, by what failed.",
  liveassist_stripe_requests_total: "Calls to Stripe, by outcome.",
  liveassist_pushes_total: "Updates of a subscription handed to sockets.",
  liveassist_acknowledgements_total: "Updates that pages said they show.",
  liveassist_job_failures_total: "Turns of background jobs that failed, by job.",
  liveassist_alerts_sent_total: "Messages to the alert webhook, by outcome.",
};

const LABELS: Record<MetricName, readonly string[]> = {
  liveassist_drift_total: ["cause"],
  liveassist_walks_total: ["outcome"],
  liveassist_events_backfilled_total: [],
  liveassist_provisional_grants_total: [],
  liveassist_dead_letters_total: ["type"],
  liveassist_mails_total: ["outcome"],
  liveassist_webhook_requests_total: ["outcome"],
  liveassist_replies_total: ["outcome", "failure"],
  liveassist_stripe_requests_total: ["outcome"],
  liveassist_pushes_total: [],
  liveassist_acknowledgements_total: [],
  liveassist_job_failures_total: ["job"],
  liveassist_alerts_sent_total: ["outcome"],
};

const HISTOGRAMS: Record<HistogramName, string> = {
  liveassist_activation_seconds: "From payment, by Stripe's clock, to Premium.",
  liveassist_receipt_seconds: "From the first event about a payment to Premium.",
};
/** Seconds; 30 is the objective (requirements R33). */
const BUCKETS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 3_600];

const GAUGES: Record<GaugeName, { readonly help: string; readonly labels: readonly string[] }> = {
  liveassist_indicator: { help: "Service-level indicators, by name.", labels: ["name"] },
  liveassist_sockets: { help: "Open sockets of this server.", labels: [] },
  liveassist_incidents_open: { help: "Alerts that fire now.", labels: ["alert", "severity"] },
};

const KNOWN_TYPES: ReadonlySet<string> = new Set(HANDLED_EVENTS);

type Labels = Readonly<Record<string, string>>;

/** What comes from outside must not become a series each: types of events that we do not know are `other`. */
const bounded = (labels: Labels): Labels =>
  labels["type"] === undefined || KNOWN_TYPES.has(labels["type"]) ? labels : { ...labels, type: "other" };

/** Metrics that can be read out. */
export interface ReadableMetrics extends Metrics {
  /** Everything counted so far, in Prometheus' text format. */
  read(): Promise<string>;
  readonly contentType: string;
}

/** Counters in memory, one registry per server, with those of the process itself. `wall`: wall time, epoch ms. */
export function createMetrics(wall: () => number = Date.now): ReadableMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counters = each(HELP, (name, help) => {
    const labelNames = [...LABELS[name]];
    const counter = new Counter({ name, help, labelNames, registers });
    // There from the start: a rate over something that appears with its first failure misses that one.
    if (labelNames.length === 0) counter.inc(0);
    return counter;
  });
  const histograms = each(
    HISTOGRAMS,
    (name, help) => new Histogram({ name, help, buckets: BUCKETS, registers }),
  );
  const gauges = each(
    GAUGES,
    (name, { help, labels }) => new Gauge({ name, help, labelNames: [...labels], registers }),
  );
  const minutes = createMinuteCounts(wall);
  return {
    observe: (name, seconds, labels = {}) => histograms[name].observe(labels, seconds),
    set: (name, value, labels = {}) => gauges[name].set(labels, value),
    count(name, labels = {}, by = 1) {
      counters[name].inc(bounded(labels), by);
      minutes.add({ name, labels, by });
    },
    minutes,
    read: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** Makes something of each named entry, under the same names. */
function each<K extends string, V, M>(all: Readonly<Record<K, V>>, make: (name: K, value: V) => M) {
  const made = (Object.entries(all) as [K, V][]).map(([name, value]) => [name, make(name, value)] as const);
  return Object.fromEntries(made) as Record<K, M>;
}
