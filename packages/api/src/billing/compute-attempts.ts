import { isOver } from "@liveassist/shared/subscription";
import type { Observation } from "./ask-about-customer.ts";

export type AttemptState = "open" | "paid" | "settled" | "expired";

/** A purchase attempt that is not finished. */
export interface Attempt {
  readonly id: string;
  readonly sessionId: string | null;
  readonly state: AttemptState;
}

/** An attempt that moves on, if it still is where it was when this was decided. */
export interface AttemptMove {
  readonly id: string;
  readonly from: AttemptState;
  readonly to: AttemptState;
}

/**
 * How a user's purchase attempts move on by what was just observed: an expired or unknown session closes its attempt, a
 * complete one is `paid` until its subscription is among the rows, then `settled` (requirements R23).
 */
export function computeAttempts(
  attempts: readonly Attempt[],
  observed: Pick<Observation, "sessions" | "unknown">,
  rows: readonly { readonly providerSubscriptionId: string; readonly status: string }[],
): AttemptMove[] {
  const isLive = rows.some((row) => !isOver(row.status));
  const known = new Set(rows.map((row) => row.providerSubscriptionId));
  return attempts.flatMap((attempt) => {
    const session = observed.sessions.find((one) => one.id === attempt.sessionId);
    const isDelivered = session !== undefined && known.has(session.subscriptionId ?? "");
    const seen = afterSession(attempt, session?.status, observed.unknown.has(attempt.sessionId ?? ""));
    const to = seen === "paid" && (isLive || isDelivered) ? "settled" : seen;
    return to === attempt.state ? [] : [{ id: attempt.id, from: attempt.state, to }];
  });
}

function afterSession(
  attempt: Attempt,
  status: "open" | "complete" | "expired" | undefined,
  isUnknown: boolean,
): AttemptState {
  // What Stripe does not know any more was not bought either: it must not stand in the way for ever.
  if (isUnknown) return "expired";
  if (attempt.state !== "open") return attempt.state;
  if (status === "complete") return "paid";
  return status === "expired" ? "expired" : "open";
}
