import type { MetricName } from "../deps.ts";

/** How often something was counted in one minute of wall time (epoch ms of its beginning). */
export interface MinuteCount {
  readonly minute: number;
  readonly name: CountedName;
  readonly label: string;
  readonly n: number;
}

interface Counting {
  readonly name: MetricName;
  readonly labels: Readonly<Record<string, string>>;
  readonly by: number;
}

/** Counts by minute, in memory, until somebody writes them down. */
export interface MinuteCounts {
  /** Ignores what no chart or rate is read from. */
  add(counting: Counting): void;
  /** Everything since the last time. */
  take(): MinuteCount[];
  /** What could not be written down after all. */
  giveBack(counts: readonly MinuteCount[]): void;
}

/** What charts and rates are read from: the metrics behind it, and which label is kept. */
const COUNTED = {
  liveassist_webhook_requests_total: { name: "webhooks", label: "outcome" },
  liveassist_events_backfilled_total: { name: "backfilled", label: "endpoint" },
  liveassist_replies_total: { name: "replies", label: "failure" },
} as const satisfies Partial<Record<MetricName, { name: string; label: string }>>;

export type CountedName = (typeof COUNTED)[keyof typeof COUNTED]["name"];

const MINUTE_MS = 60_000;

const isCounted = (name: MetricName): name is keyof typeof COUNTED => Object.hasOwn(COUNTED, name);

/** Counts for this process; `wall`: wall time, epoch ms. */
export function createMinuteCounts(wall: () => number): MinuteCounts {
  let counts = new Map<string, MinuteCount>();

  function put(count: MinuteCount): void {
    const key = `${count.minute} ${count.name} ${count.label}`;
    counts.set(key, { ...count, n: count.n + (counts.get(key)?.n ?? 0) });
  }

  return {
    add({ name, labels, by }) {
      if (!isCounted(name) || by <= 0) return;
      const { name: kept, label } = COUNTED[name];
      const minute = Math.floor(wall() / MINUTE_MS) * MINUTE_MS;
      put({ minute, name: kept, label: labels[label] ?? "other", n: by });
    },
    take() {
      const taken = [...counts.values()];
      counts = new Map();
      return taken;
    },
    giveBack: (given) => given.forEach(put),
  };
}
