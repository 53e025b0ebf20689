import { createMinuteCounts, type Metrics } from "@liveassist/api";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { BUCKETS, bounded, COUNTERS, GAUGES, HISTOGRAMS } from "./metrics-table.ts";

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
  const counters = each(COUNTERS, (name, { help, labels, starts }) => {
    const counter = new Counter({ name, help, labelNames: [...labels], registers });
    for (const start of starts) counter.inc(start, 0);
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
function each<K extends string, V, M>(
  all: Readonly<Record<K, V>>,
  make: (name: K, value: V) => M,
): Record<K, M> {
  const entries = Object.entries(all) as [K, V][];
  return Object.fromEntries(entries.map(([name, value]) => [name, make(name, value)])) as Record<K, M>;
}
