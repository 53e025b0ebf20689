import type { PulseReading } from "@liveassist/api";
import type { StripeOutcome } from "./adapters/hear-stripe.ts";

/** A piece of work that comes again and again, and how it can be helped. */
export interface WatchedJob {
  readonly everyMs: number;
  read(): PulseReading;
  /** Leaves the turn under way, whose end is ignored from then on, and begins a new one. */
  restart(): void;
}

/**
 * What this process knows of itself, in memory: for `/readyz`, `/metrics`, and by the heartbeat for everybody else. Times
 * are wall time in epoch ms; null: not yet.
 */
export interface Vitals {
  /** Live connections that are open here. */
  sockets: number;
  stripeOkAt: number | null;
  stripeFailedAt: number | null;
  /** The first failure since it last answered. */
  stripeFailingSince: number | null;
  /** HTTP requests that have not been answered yet. */
  requests: number;
  /** Fires when it takes no more work and will be gone in seconds. */
  readonly stopping: AbortController;
  /** By name. */
  readonly jobs: Map<string, WatchedJob>;
}

/** Of a process that has just started. */
export const createVitals = (): Vitals => ({
  sockets: 0,
  stripeOkAt: null,
  stripeFailedAt: null,
  stripeFailingSince: null,
  requests: 0,
  stopping: new AbortController(),
  jobs: new Map(),
});

/** Notes how a call to Stripe ended: an answer that says no is one. `wall`: epoch ms. */
export function noteStripe(vitals: Vitals, outcome: StripeOutcome, wall: number): void {
  if (outcome === "unavailable") {
    vitals.stripeFailedAt = wall;
    vitals.stripeFailingSince ??= wall;
  } else {
    vitals.stripeOkAt = wall;
    vitals.stripeFailingSince = null;
  }
}
