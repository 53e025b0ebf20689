import type { TimelineEntry } from "@liveassist/shared/inputs/operations";

const STEPS = ["payment", "event", "sync", "change", "push", "ack"] as const;
export type WayStep = (typeof STEPS)[number];

/** Later than this after a payment, something else caused it. */
const BELONGS_MS = 10 * 60_000;

export interface PaymentWay {
  /** In their order; without an entry: it has not come so far, or was left out. */
  steps: { step: WayStep; entry: TimelineEntry | null; sinceMs: number | null }[];
  /** From the payment to what the first page of theirs confirmed; null: none has. */
  wholeMs: number | null;
}

/** The way of the newest payment, from Stripe to the user's own page; entries come newest first. */
export function paymentWay(entries: readonly TimelineEntry[]): PaymentWay | null {
  const at = entries.findIndex(({ kind }) => kind === "payment");
  const payment = entries[at];
  if (!payment) return null;
  const paidAt = Date.parse(payment.at);
  const later = entries
    .slice(0, at)
    .filter((entry) => Date.parse(entry.at) - paidAt < BELONGS_MS)
    .toReversed();
  const steps: PaymentWay["steps"] = [{ step: "payment", entry: payment, sinceMs: null }];
  let from = 0;
  let last = paidAt;
  for (const step of STEPS.slice(1)) {
    const found = later.findIndex((entry, index) => index >= from && entry.kind === step);
    const entry = found < 0 ? null : (later[found] ?? null);
    steps.push({ step, entry, sinceMs: entry && Date.parse(entry.at) - last });
    if (entry === null) continue;
    from = found + 1;
    last = Date.parse(entry.at);
  }
  const ended = steps.at(-1)?.entry;
  return { steps, wholeMs: ended ? Date.parse(ended.at) - paidAt : null };
}
