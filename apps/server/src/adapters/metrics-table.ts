import type { GaugeName, HistogramName, MetricName } from "@liveassist/api";
import { HANDLED_EVENTS } from "@liveassist/shared/handled-events";

type Labels = Readonly<Record<string, string>>;

interface CounterShape {
  readonly help: string;
  readonly labels: readonly string[];
  /** Series that are there from the start, at 0: a rate over one that appears with its first failure misses that failure. */
  readonly starts: readonly Labels[];
}

const plain = (help: string): CounterShape => ({ help, labels: [], starts: [{}] });
const by = (label: string, values: readonly string[], help: string): CounterShape => ({
  help,
  labels: [label],
  starts: values.map((value) => ({ [label]: value })),
});

/** Event types as labels: those we handle, and all others as one, because they come from outside. */
const TYPES: readonly string[] = [...HANDLED_EVENTS, "other"];
const DRIFTS = "missing_here status period trial cancel payment_unseen open_invoice price".split(" ");
const DELIVERIES = "stored skipped ignored failed invalid invalid_signature unsigned".split(" ");
const REPLIES = "complete stopped interrupted".split(" ");
const REPLY_FAILURES = "away busy refused misconfigured".split(" ");

/** Every counter there is. */
export const COUNTERS: Readonly<Record<MetricName, CounterShape>> = {
  liveassist_drift_total: by(
    "cause",
    [...DRIFTS, "customer_unbound", "lost_at_stripe", "plan_copy"],
    "Differences found between Stripe and us, by cause.",
  ),
  liveassist_walks_total: by(
    "outcome",
    ["finished", "stopped", "failed"],
    "Walks of the reconciler, by outcome.",
  ),
  liveassist_events_backfilled_total: by(
    "endpoint",
    ["alive", "silent"],
    "Events that never arrived and were fetched from Stripe's list; silent: nothing newer had been delivered.",
  ),
  liveassist_provisional_grants_total: plain("Access given on the word of an event while Stripe was away."),
  liveassist_dead_letters_total: by("type", TYPES, "Events given up on, by type."),
  liveassist_mails_total: by("outcome", ["sent", "failed"], "Mails, by outcome."),
  liveassist_webhook_requests_total: by(
    "outcome",
    DELIVERIES,
    "Deliveries to the webhook route, by outcome; unsigned: nothing that Stripe could have sent.",
  ),
  liveassist_replies_total: {
    help: "Replies of the assistant, by outcome and, of those that failed, by what failed.",
    labels: ["outcome", "failure"],
    starts: [
      ...REPLIES.map((outcome) => ({ outcome, failure: "none" })),
      ...REPLY_FAILURES.map((failure) => ({ outcome: "failed", failure })),
    ],
  },
  liveassist_stripe_requests_total: by(
    "outcome",
    ["ok", "refused", "unavailable"],
    "Calls to Stripe, by outcome.",
  ),
  liveassist_pushes_total: plain("Updates of a subscription handed to sockets."),
  liveassist_acknowledgements_total: plain("Updates that pages said they show."),
  liveassist_job_failures_total: by(
    "name",
    [],
    "Turns of background jobs that failed, by the name of the job.",
  ),
  liveassist_alerts_sent_total: by(
    "outcome",
    ["sent", "failed"],
    "Messages to the alert webhook, by outcome.",
  ),
};

/** Every histogram there is, in seconds. */
export const HISTOGRAMS: Readonly<Record<HistogramName, string>> = {
  liveassist_activation_seconds: "From payment, by Stripe's clock, to Premium.",
  liveassist_receipt_seconds: "From the first event about a payment to Premium.",
};

/** Seconds; 30 is the objective (requirements R33). */
export const BUCKETS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 3_600];

/** Every gauge there is. */
export const GAUGES: Readonly<
  Record<GaugeName, { readonly help: string; readonly labels: readonly string[] }>
> = {
  liveassist_indicator: { help: "Service-level indicators over all servers, by name.", labels: ["name"] },
  liveassist_sockets: { help: "Open sockets of this server.", labels: [] },
  liveassist_incidents_open: {
    help: "Alerts that fire now, over all servers.",
    labels: ["alert", "severity"],
  },
};

const KNOWN_TYPES: ReadonlySet<string> = new Set(TYPES);

/** What comes from outside must not become a series each. */
export const bounded = (labels: Labels): Labels =>
  labels["type"] === undefined || KNOWN_TYPES.has(labels["type"]) ? labels : { ...labels, type: "other" };
