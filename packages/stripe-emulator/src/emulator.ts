import type Stripe from "stripe";
import type { CheckoutOutcome } from "./billing/pay-checkout.ts";
import type { ChaosState } from "./chaos/chaos.ts";
import type { Rule } from "./chaos/faults.ts";
import type { TimeSource } from "./clock.ts";
import type { RetryProfile } from "./delivery/retry-profile.ts";
import type { Settings } from "./settings.ts";
import type { SnapshotInfo } from "./store/snapshot.ts";
import type { Delivery, DeliveryAttempt } from "./store/tables.ts";

export interface EmulatorOptions {
  /** 0 or absent: a free one. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** State survives restarts in this file; absent: it lives in memory only. */
  dataFile?: string;
  /** Milliseconds; default the wall clock. The emulator's clock follows it at a distance that `advance` grows. */
  clock?: TimeSource;
  /** The same ids and draws in every run. */
  seed?: number;
  /** Webhook endpoints that get every event, signed with `webhookSecret`. */
  forwardTo?: string | readonly string[];
  /** The version in which they get it; default today's. */
  forwardApiVersion?: string;
  webhookSecret?: string;
  /** If given, only this key is accepted; default any `sk_test_…`. */
  secretKey?: string;
  /** Default `fast`. */
  retryProfile?: RetryProfile;
  /** How long an endpoint may take to answer (Stripe publishes no figure); default 10,000 ms. */
  deliveryTimeoutMs?: number;
  /** Milliseconds every API call takes; default 0. */
  apiLatencyMs?: number;
  /** What Stripe leaves open or a dashboard decides. */
  settings?: Partial<Settings>;
  /** One line for every delivery; default silent. */
  log?: (line: string) => void;
  /** An error of the emulator itself, with its stack; default standard error. */
  onError?: (text: string) => void;
}

export type CheckoutResult =
  | { outcome: "complete"; session: Stripe.Checkout.Session }
  | { outcome: "declined"; code: string; declineCode: string | null; message: string }
  | { outcome: "closed"; status: "complete" | "expired" | "unknown" };

export interface PayOptions {
  /** What the customer does when asked for 3-D Secure; default complete. */
  authentication?: "complete" | "fail";
  email?: string;
  name?: string;
}

export interface Emulator {
  url: string;
  port: number;
  /** The secret of the endpoint given as `forwardTo`, and of every endpoint added without its own. */
  webhookSecret: string;
  /** Registers a webhook endpoint; answers its id and secret. */
  addEndpoint(
    url: string,
    options?: { secret?: string; enabledEvents?: string[]; apiVersion?: string },
  ): { id: string; secret: string };
  /** Removes an endpoint; what was on its way there is given up. */
  removeEndpoint(id: string): void;
  /**
   * Gives an endpoint (default the one of `forwardTo`) a new secret and answers it; the old one signs as well for
   * `keepMs` of the emulator's clock, at most 24 h (the default).
   */
  rollSecret(options?: { endpoint?: string; keepMs?: number; secret?: string }): string;
  /** A cardholder disputes a charge; answers the dispute's id. Throws when there is nothing to dispute. */
  dispute(charge: string, why?: { reason?: string; inquiry?: boolean }): string;
  /** The bank decides an open dispute. */
  closeDispute(id: string, outcome: "won" | "lost"): void;
  /** A customer passes or fails the 3-D Secure challenge of a payment or setup intent. Throws when none waits. */
  authenticate(intent: string, outcome: "pass" | "fail"): void;
  /** Pays a session as a customer would on its page. `card` is a number or an IBAN, default 4242 4242 4242 4242. */
  completeCheckout(sessionId: string, card?: string | null, options?: PayOptions): Promise<CheckoutResult>;
  clock: {
    /** Milliseconds. */
    now(): number;
    /** Lets time pass; everything due happens in order, each at its moment. */
    advance(ms: number): Promise<void>;
    /** When the next thing happens by itself (ms); null when nothing is planned. */
    nextDue(): number | null;
    /** Lets time pass until this moment (absolute, ms). */
    set(ms: number): Promise<void>;
  };
  /** Resolves when every due delivery has been attempted and none is in flight. */
  settled(): Promise<void>;
  /** All events, oldest first. */
  events(): readonly Stripe.Event[];
  /** All deliveries, oldest first. */
  deliveries(): readonly Delivery[];
  /** Every attempt, oldest first; of one delivery when it is named. */
  attempts(deliveryId?: string): readonly DeliveryAttempt[];
  /**
   * Sends an event once more, to one endpoint or to all that want it; retries go on by themselves all the same. Answers
   * HTTP statuses. Throws when there is no such event or endpoint.
   */
  resend(eventId: string, endpointId?: string): Promise<(number | null)[]>;
  /** Holds back deliveries (they wait), or lets them go. */
  setDelivery(options: { hold: boolean }): void;
  /** Sends events by hand, one after the other in this order; repeat an id to duplicate. Answers HTTP statuses. */
  deliver(eventIds: readonly string[]): Promise<(number | null)[]>;
  /** Loses events: they count as sent and never arrive. */
  drop(eventIds: readonly string[]): void;
  /** What goes wrong on purpose: rules by which calls and deliveries fail, seeded and counted. */
  chaos: {
    /** Replaces all rules; a seed starts all draws anew. Throws a RangeError for a rule that is none. */
    set(options: { seed?: number; rules: readonly Rule[] }): void;
    /** Adds one rule and answers its id. */
    add(rule: Rule): string;
    /** Ends all rules and lets go what they held; the counts stay. */
    clear(): void;
    /** Lets go what `hold` rules hold, and keeps the rules. */
    release(): void;
    /** The rules in force, and how often each fault was injected. */
    read(): ChaosState;
  };
  /** Reads a stored object as the API would show it; null when there is none. */
  get(id: string): object | null;
  /** Milliseconds every API call takes from now on. */
  setApiLatency(ms: number): void;
  /** Forgets everything except the clock, snapshots and the endpoints given at the start. */
  reset(): void;
  /** Keeps everything as it is now: documents, clock, draws, chaos, holds. Answers the id. */
  snapshot(name?: string): string;
  /** Everything as it was then; what is in flight changes nothing any more. Throws when there is no such snapshot. */
  restore(id: string): void;
  snapshots: {
    /** Oldest first. */
    list(): SnapshotInfo[];
    /** Throws when there is no such snapshot. */
    remove(id: string): void;
  };
  close(): Promise<void>;
}

/** The outcome of a payment in the words of the public interface. */
export function resultOf(outcome: CheckoutOutcome): CheckoutResult {
  if (outcome.kind === "complete") return { outcome: "complete", session: outcome.session };
  if (outcome.kind === "closed") return { outcome: "closed", status: outcome.status };
  if (outcome.kind === "declined") {
    const { code, declineCode, message } = outcome.decline;
    return { outcome: "declined", code, declineCode, message };
  }
  return {
    outcome: "declined",
    code: "card_missing",
    declineCode: null,
    message: "This session needs a card.",
  };
}
