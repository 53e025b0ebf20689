import type { Db } from "@liveassist/db";
import type { Thresholds } from "@liveassist/shared/alerts";
import type { GracePolicy } from "@liveassist/shared/subscription";
import type { AssistantPort } from "./assistant-port.ts";
import type { Replies } from "./liveassist/replies.ts";
import type { MailPort } from "./mail-port.ts";
import type { MediaPort } from "./media-port.ts";
import type { MinuteCounts } from "./operations/minute-counts.ts";
import type { Tail } from "./realtime/follower.ts";
import type { StoragePort } from "./storage-port.ts";
import type { PriceOffer, StripePort } from "./stripe-port.ts";

/** Two clocks, both epoch milliseconds: `now` is domain time, `wall` is for signatures, logins, leases and retries (design I12). */
export interface Clock {
  now(): number;
  wall(): number;
}

type LogFields = Record<string, unknown>;

/** Structured log lines, correlated by ids and masked by the adapter (requirements R19). */
export interface Logger {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

/** Wake-ups between parts and processes. Losing one makes things slower, never wrong (design I6). */
export interface Bus {
  /** `outbox`: rows wait for the tail. `logins`: logins of this user ended somewhere. */
  nudge(topic: "outbox"): void;
  nudge(topic: "logins", userId: string): void;
  /** `session`: a LiveAssist session has news or a wish to stop; `community`: posts or authors changed. */
  nudge(topic: "session", sessionId: string): void;
  nudge(topic: "community"): void;
  onOutbox(listener: () => void): () => void;
  onSession(listener: (sessionId: string) => void): () => void;
  onCommunity(listener: () => void): () => void;
  onLogins(listener: (userId: string) => void): () => void;
}

/** Counts attempts; answers null when allowed, else the seconds to wait (requirements, rate limits). */
export interface RateLimiter {
  take(bucket: RateBucket, key: string): Promise<number | null>;
}
export type RateBucket = "confirm" | "refresh" | "sign-in" | "checkout" | "uploads" | "messages" | "posts";

type Labels = Readonly<Record<string, string>>;

/** Measurements for whoever operates this; names are Prometheus' own style, e.g. `liveassist_drift_total`. */
export interface Metrics {
  count(name: MetricName, labels?: Labels, by?: number): void;
  /** A duration, seconds. */
  observe(name: HistogramName, seconds: number, labels?: Labels): void;
  /** How much there is now; NaN: that is not known. */
  set(name: GaugeName, value: number, labels?: Labels): void;
  /** What charts and rates are read from, by minute; whoever takes it writes it down. */
  readonly minutes: MinuteCounts;
}
export type MetricName =
  | "liveassist_drift_total"
  | "liveassist_walks_total"
  | "liveassist_events_backfilled_total"
  | "liveassist_provisional_grants_total"
  | "liveassist_dead_letters_total"
  | "liveassist_mails_total"
  | "liveassist_webhook_requests_total"
  | "liveassist_replies_total"
  | "liveassist_stripe_requests_total"
  | "liveassist_pushes_total"
  | "liveassist_acknowledgements_total"
  | "liveassist_job_failures_total"
  | "liveassist_alerts_sent_total";
export type HistogramName = "liveassist_activation_seconds" | "liveassist_receipt_seconds";
export type GaugeName = "liveassist_indicator" | "liveassist_sockets" | "liveassist_incidents_open";

/** What is written down about a user besides what their rows say; for their timeline, never for a decision. */
export interface TrailEntry {
  readonly userId: string;
  readonly kind: "sync" | "push" | "ack";
  /** Wall time, epoch milliseconds; absent: now. */
  readonly at?: number;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Notes down in small batches; never throws, never waits. A killed process may lose the last of it. */
export interface Trail {
  note(entry: TrailEntry): void;
  /** Writes what is waiting, and ends. */
  stop(): Promise<void>;
}

/** The outgoing alert webhook (`ALERT_WEBHOOK_URL`, Slack-compatible). */
export interface AlertPort {
  /** One message, as a person reads it. Throws when it was not taken. */
  send(text: string): Promise<void>;
}

/** Who sells, as the law wants it shown; null: not configured, which only a test installation may be (requirements R12). */
export interface Seller {
  readonly name: string;
  readonly orgNo: string;
  readonly address: string;
  readonly email: string;
}

export interface RandomSource {
  uuid(): string;
  /** 256 bits, URL-safe. */
  token(): string;
  /** In [0, 1); for jitter only. */
  fraction(): number;
}

/** Settings of the rules, read once from the environment by the host. Times in milliseconds. */
export interface Settings {
  readonly appUrl: string;
  readonly livemode: boolean;
  /** Stripe's API version the SDK is pinned to, e.g. `2026-10-28.endive`. */
  readonly stripeApiVersion: string;
  readonly trialDays: number;
  readonly trialRequiresCard: boolean;
  readonly freeImagesPerDay: number;
  readonly quotaTimezone: string;
  readonly grace: GracePolicy;
  readonly seller: Seller | null;
  /** The configured price, öre: shown only until Stripe was reached once. */
  readonly priceOre: number;
  /** Where alerts fire, when not at their defaults (`ALERT_THRESHOLDS`). */
  readonly alertThresholds: Thresholds;
  /** Largest video, in bytes (requirements, `MAX_VIDEO_MB`). */
  readonly mostVideoBytes: number;
}

/** Wakes the inbox worker of this process for one customer; null: sweep now. */
export type NudgeInbox = (customerId: string | null) => void;

/** Runs work under a key at most once at a time; whoever asks meanwhile shares the answer. */
export type Coalesce = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Everything outside, behind interfaces: the real ones are built by the server's `deps.ts` alone (design, law 1). */
export interface Deps {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly log: Logger;
  readonly bus: Bus;
  readonly stripe: StripePort;
  readonly mail: MailPort;
  readonly assistant: AssistantPort;
  readonly storage: StoragePort;
  readonly media: MediaPort;
  readonly metrics: Metrics;
  readonly trail: Trail;
  /** Null: alerts go to the log and the console alone. */
  readonly alerts: AlertPort | null;
  /** This process, for those who look at all of them. */
  readonly serverId: string;
  readonly rates: RateLimiter;
  /** Whether a password is the one behind a stored hash, as sign-in judges it. */
  readonly verifyPassword: (hash: string, password: string) => Promise<boolean>;
  readonly settings: Settings;
  readonly price: () => Promise<PriceOffer>;
  readonly nudgeInbox: NudgeInbox;
  readonly coalesce: Coalesce;
  readonly tail: Tail;
  readonly replies: Replies;
}

/** Who calls: a signed-in user, by which login. Null: nobody is signed in. */
export interface Actor {
  readonly userId: string;
  readonly role: "user" | "admin";
  readonly loginId: string;
}
