import type { reconcileWalks } from "@liveassist/db/schema";
import type { Deps } from "../../deps.ts";
import type { PriceOffer } from "../../stripe-port.ts";
import type { Pace } from "./pace.ts";

type Row = typeof reconcileWalks.$inferSelect;

/** What a walk counts and remembers; numbers, because they are also its report. */
export type WalkCount =
  | "pages"
  | "listed"
  | "asked"
  | "ask_failed"
  | "restarts"
  /** 1: Stripe's list of all subscriptions cannot be had or trusted, so customers are asked one by one. */
  | "asking"
  /** 1: Stripe's list of events cannot be had. */
  | "events_refused"
  | "payers"
  | "downgrades"
  /** 1: an operator lets this walk take Premium from many. */
  | "downgrades_accepted"
  /** 1: so many would lose Premium that the walk repairs only the others. */
  | "stopped"
  | "repaired"
  | "failed"
  | "tidied"
  | "missed_events"
  | "backfilled"
  | "pending_events"
  /** Domain time at which the comparing began, epoch milliseconds. */
  | "compared_from";

/** A walk under way: where it is. Changed by `saveWalk` alone. */
export interface Walk {
  readonly id: number;
  readonly owner: string;
  readonly startedAt: Date;
  phase: Row["phase"];
  cursor: string | null;
  counts: Partial<Record<WalkCount, number>>;
}

/** What every step of a walk needs. */
export interface Walking {
  readonly deps: Deps;
  readonly walk: Walk;
  readonly pace: Pace;
  readonly price: PriceOffer;
  /** How many customers in a row Stripe refused to say anything about, and about how many it failed try after try. */
  readonly unanswered: { refused: number; silent: number };
  /** What is younger than this may still be on its way to us; milliseconds. */
  readonly inFlightMs: number;
}

/** What a walk has counted so far; 0 when it has not. */
export const countOf = (walk: Walk, name: WalkCount): number => walk.counts[name] ?? 0;

/** Another process has taken the walk over: this one must not touch it any more. */
export class WalkLost extends Error {
  override readonly name = "WalkLost";
}
