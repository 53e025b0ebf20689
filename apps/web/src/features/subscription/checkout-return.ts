import { isPremium } from "@liveassist/shared/plans";
import type { Failure } from "../../lib/failure.ts";
import type { Status } from "./types.ts";

/** What the page says to someone who comes back from checkout; always from what the server knows, never the address. */
export type ReturnPhase =
  | { kind: "none" }
  | { kind: "cancelled" }
  | { kind: "confirming" }
  | { kind: "finishing" }
  | { kind: "active" }
  | { kind: "not-found" }
  | { kind: "failed"; failure: Failure };

export interface ReturnFacts {
  /** The address says one came back from paying; what is true is asked. */
  returned: boolean;
  cancelled: boolean;
  /** It was seen to work: what becomes of the plan later is no longer about this return. */
  wasActive: boolean;
  /** The server's answer to that, once there is one; undefined while it is asked. */
  confirmed: Status | undefined;
  failure: Failure | null;
  /** The newest status known by any road. */
  status: Status | undefined;
  waitedMs: number;
}

const PATIENCE_MS = 10_000;

/** Where a return from checkout stands (requirements R25, ux "Upgrade"). */
export function returnPhase(facts: ReturnFacts): ReturnPhase {
  if (!facts.returned) return facts.cancelled ? { kind: "cancelled" } : { kind: "none" };
  if (facts.status && isPremium(facts.status.subscription_status)) return { kind: "active" };
  if (facts.wasActive) return { kind: "none" };
  if (facts.failure && !facts.confirmed) {
    const foreign = facts.failure.kind === "refused";
    return foreign ? { kind: "not-found" } : { kind: "failed", failure: facts.failure };
  }
  if (facts.confirmed && facts.status && !facts.status.pending) return { kind: "not-found" };
  return facts.confirmed && facts.waitedMs >= PATIENCE_MS ? { kind: "finishing" } : { kind: "confirming" };
}
