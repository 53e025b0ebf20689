import type { MetricName, Metrics } from "@liveassist/api";
import { Counter, Registry } from "prom-client";

const HELP: Record<MetricName, string> = {
  liveassist_drift_total: "Differences found between Stripe and us, by cause.",
  liveassist_walks_total: "Walks of the reconciler, by outcome.",
  liveassist_events_backfilled_total: "Events that never arrived and were fetched from Stripe's list.",
  liveassist_provisional_grants_total: "Access given on the word of an event while Stripe was away.",
  liveassist_dead_letters_total: "Events given up on, by type.",
  liveassist_mails_total: "Mails, by outcome.",
};

const LABELS: Record<MetricName, readonly string[]> = {
  liveassist_drift_total: ["cause"],
  liveassist_walks_total: ["outcome"],
  liveassist_events_backfilled_total: [],
  liveassist_provisional_grants_total: [],
  liveassist_dead_letters_total: ["type"],
  liveassist_mails_total: ["outcome"],
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
  return {
    count: (name, labels = {}, by = 1) => counters.get(name)?.inc(labels, by),
    read: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
