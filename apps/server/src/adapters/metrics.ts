import type { GaugeName, HistogramName, MetricName, Metrics } from "@liveassist/api";
import { Counter, Gauge, Histogram, Registry } from "prom-client";

const HELP: Record<MetricName, string> = {
  liveassist_drift_total: "Differences found between Stripe and us, by cause.",
  liveassist_walks_total: "Walks of the reconciler, by outcome.",
  liveassist_events_backfilled_total: "Events that never arrived and were fetched from Stripe's list.",
  liveassist_provisional_grants_total: "Access given on the word of an event while Stripe was away.",
  liveassist_dead_letters_total: "Events given up on, by type.",
  liveassist_mails_total: "Mails, by outcome.",
  liveassist_webhook_requests_total: "Deliveries to the webhook route, by outcome.",
  liveassist_replies_total: "Replies of the assistant, by outcome.",
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
  liveassist_replies_total: ["outcome"],
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

/** Metrics that can be read out. */
export interface ReadableMetrics extends Metrics {
  /** Everything counted so far, in Prometheus' text format. */
  read(): Promise<string>;
  readonly contentType: string;
}

/** Counters in memory, one registry per server. */
export function createMetrics(): ReadableMetrics {
  const registry = new Registry();
  const made = (Object.keys(HELP) as MetricName[]).map((name) => {
    const labelNames = [...LABELS[name]];
    return [name, new Counter({ name, help: HELP[name], labelNames, registers: [registry] })] as const;
  });
  const counters = new Map<MetricName, Counter>(made);
  const registers = [registry];
  const histograms = new Map(
    (Object.keys(HISTOGRAMS) as HistogramName[]).map((name) => [
      name,
      new Histogram({ name, help: HISTOGRAMS[name], buckets: BUCKETS, registers }),
    ]),
  );
  const gauges = new Map(
    (Object.keys(GAUGES) as GaugeName[]).map((name) => [
      name,
      new Gauge({ name, help: GAUGES[name].help, labelNames: [...GAUGES[name].labels], registers }),
    ]),
  );
  return {
    observe: (name, seconds, labels = {}) => histograms.get(name)?.observe(labels, seconds),
    set: (name, value, labels = {}) => gauges.get(name)?.set(labels, value),
    count: (name, labels = {}, by = 1) => counters.get(name)?.inc(labels, by),
    read: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
