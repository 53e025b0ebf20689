import type { TimelineEntry } from "@liveassist/shared/inputs/operations";

export type WayStep = "payment" | "event" | "sync" | "change" | "push" | "ack";

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
  // The change is the heart of it. Its sync may have asked for the user who came back, before any event arrived.
  const change = later.find(({ kind }) => kind === "change");
  const before = change ? later.slice(0, later.indexOf(change)) : later;
  const after = change ? later.slice(later.indexOf(change)) : later;
  const first = (among: readonly TimelineEntry[], step: WayStep) => among.find(({ kind }) => kind === step);
  const event = first(before, "event") ?? first(later, "event");
  const sync = change
    ? (before.findLast(({ kind }) => kind === "sync") ?? first(later, "sync"))
    : first(event ? before.slice(before.indexOf(event)) : before, "sync");
  const push = first(after, "push");
  const ack = first(push ? after.slice(after.indexOf(push)) : after, "ack");
  const steps: PaymentWay["steps"] = [{ step: "payment", entry: payment, sinceMs: null }];
  let last = paidAt;
  for (const [step, entry = null] of [
    ["event", event],
    ["sync", sync],
    ["change", change],
    ["push", push],
    ["ack", ack],
  ] as const) {
    const at = entry ? Date.parse(entry.at) : last;
    // An event that came when all was done already has delayed nothing.
    steps.push({ step, entry, sinceMs: entry && at - (at < last ? paidAt : last) });
    last = at;
  }
  const ended = steps.at(-1)?.entry;
  return { steps, wholeMs: ended ? Date.parse(ended.at) - paidAt : null };
}
