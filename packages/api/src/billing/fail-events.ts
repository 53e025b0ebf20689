import { webhookEvents } from "@liveassist/db/schema";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { StripeError } from "../stripe-port.ts";
import type { PendingEvent } from "./pending-events.ts";

/** So many permanent failures make a dead letter; what passes by itself never does (requirements R14). */
const MAX_PERMANENT = 8;
const MAX_WAIT_MS = 30_000;
const KEPT_ERRORS = 20;
const ALARM_AFTER_MS = 5 * 60_000;

/** PostgreSQL's error classes that pass by themselves: connection, transaction rollback, resources, shutdown, I/O. */
const PASSING_SQLSTATE = /^(08|25P|40|53|55|57|58)/;
const PASSING_CODE = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|CONNECT|CONNECTION_)/;

/** True for errors that will pass: network, 429, 5xx, the database. They are tried for ever (requirements R14). */
export function isTransient(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at instanceof StripeError) return at.kind === "unavailable";
    const code = "code" in at && typeof at.code === "string" ? at.code : "";
    if (PASSING_SQLSTATE.test(code) || PASSING_CODE.test(code)) return true;
  }
  return false;
}

/** True when Stripe itself could not be asked: network, 429 or 5xx, and nothing else (design I11). */
export const isStripeAway = (error: unknown): boolean =>
  error instanceof StripeError && error.kind === "unavailable";

/** Milliseconds until the next attempt: doubling from half a second, at most 30 s, with jitter in the upper half. */
export function retryDelay(attempts: number, fraction: number): number {
  const full = Math.min(MAX_WAIT_MS, 500 * 2 ** Math.min(attempts, 10));
  return Math.round(full * (0.5 + fraction / 2));
}

/** Puts claimed events back for a later attempt, or gives up on those that failed for good too often. */
export async function failEvents(deps: Deps, events: readonly PendingEvent[], error: unknown): Promise<void> {
  const wall = deps.clock.wall();
  const transient = isTransient(error);
  const lastError = describe(error);
  for (const event of events) {
    const { eventId, type } = event.facts;
    const since = event.firstFailedAt?.getTime() ?? wall;
    const line = { eventId, type, attempts: event.attempts, reason: lastError };
    const permanentFailures = event.permanentFailures + (transient ? 0 : 1);
    if (permanentFailures >= MAX_PERMANENT) {
      await buryEvent(deps, event, lastError);
      continue;
    }
    if (wall - since > ALARM_AFTER_MS)
      deps.log.error({ alarm: "event_stuck", ...line }, "event still not processed");
    else deps.log.warn(line, "event will be tried again");
    const nextAttemptAt = new Date(wall + retryDelay(event.attempts, deps.random.fraction()));
    await deps.db
      .update(webhookEvents)
      .set({
        nextAttemptAt,
        leaseUntil: null,
        permanentFailures,
        firstFailedAt: new Date(since),
        ...failure(lastError, wall),
      })
      .where(and(eq(webhookEvents.eventId, eventId), isNull(webhookEvents.outcome)));
  }
}

/** Makes an event a dead letter: visible, alarmed, and never in the way of its customer's next sync (requirements R14, R16). */
export async function buryEvent(deps: Deps, { facts }: PendingEvent, reason: string): Promise<void> {
  await deps.db
    .update(webhookEvents)
    .set({ outcome: "dead", leaseUntil: null, ...failure(reason, deps.clock.wall()) })
    .where(and(eq(webhookEvents.eventId, facts.eventId), isNull(webhookEvents.outcome)));
  alarmDeadLetter(deps, facts, reason);
}

/** What a failed attempt leaves on the event's row for good: the newest twenty errors (issue 3, point 6). `wall`: epoch ms. */
export function failure(error: string, wall: number): { lastError: string; errors: SQL } {
  const entry = JSON.stringify([{ at: new Date(wall).toISOString(), error }]);
  const { errors } = webhookEvents;
  const room = sql`case when jsonb_array_length(${errors}) >= ${sql.raw(String(KEPT_ERRORS))} then ${errors} - 0 else ${errors} end`;
  return { lastError: error, errors: sql`${room} || ${entry}::jsonb` };
}

/** Says loudly that an event was given up on, with what a person needs to look it up; the log masks the payload. */
export function alarmDeadLetter(deps: Deps, facts: PendingEvent["facts"], reason: string): void {
  const { eventId, type, sessionId, object: payload } = facts;
  deps.metrics.count("liveassist_dead_letters_total", { type });
  deps.log.error({ alarm: "dead_letter", eventId, type, sessionId, reason, payload }, "event given up on");
}

const describe = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500);
