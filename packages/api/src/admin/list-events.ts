import { anyOf } from "@liveassist/db";
import { stripeCustomers, webhookEvents } from "@liveassist/db/schema";
import { eventOutcome, type eventsOutput, type listEventsInput } from "@liveassist/shared/inputs/admin";
import { and, desc, eq, gte, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { diedOf } from "./dead-cause.ts";
import { isNewestOfType } from "./newest-of-type.ts";
import { fromCursor, type Position, pageOf } from "./page-cursor.ts";
import { planAnew } from "./plan-anew.ts";
import { ledgerColumns, showEvent } from "./show-event.ts";

type Input = z.infer<typeof listEventsInput>;

const { receivedAt, eventId } = webhookEvents;
const NEWEST = [desc(receivedAt), desc(eventId)];

/** Written out, because only then the indexes of single outcomes are used. */
const HAVING = {
  pending: sql`${webhookEvents.outcome} is null`,
  processed: sql`${webhookEvents.outcome} = 'processed'`,
  ignored: sql`${webhookEvents.outcome} = 'ignored'`,
  dead: sql`${webhookEvents.outcome} = 'dead'`,
};

/**
 * The ledger, newest first: what came of every event, with its attempts and errors (issue 3, point 6). A user's events are
 * those of their customers, also the ones that were not, or not yet, worked on.
 */
export async function listEvents(
  deps: Deps,
  _actor: Actor,
  input: Input,
): Promise<z.infer<typeof eventsOutput>> {
  const { limit } = input;
  const where = await conditionOf(deps, input);
  const rows = await planAnew(deps.db, (tx) =>
    tx
      .select(ledgerColumns)
      .from(webhookEvents)
      .where(where)
      .orderBy(...NEWEST)
      .limit(limit + 1),
  );
  const { page, next } = pageOf(rows, limit, (row) => ({ at: row.receivedAt, id: row.eventId }));
  return { events: page.map(showEvent), next };
}

async function conditionOf(deps: Deps, input: Input): Promise<SQL | undefined> {
  const { outcome, type, cause, customerId, userId, from, limit } = input;
  const before = endOf(input);
  if (type && !cause && !customerId && !userId) {
    const outcomes = outcome ? [outcome] : eventOutcome.options;
    return isNewestOfType({ type, outcomes, from, before, most: limit + 1 });
  }
  return and(
    outcome ? HAVING[outcome] : undefined,
    cause ? diedOf(cause) : undefined,
    type ? eq(webhookEvents.type, type) : undefined,
    customerId ? eq(webhookEvents.customerId, customerId) : undefined,
    userId ? await isOfUser(deps, userId) : undefined,
    from ? gte(receivedAt, new Date(from)) : undefined,
    before ? sql`(${receivedAt}, ${eventId}) < (${before.at.toISOString()}, ${before.id})` : undefined,
  );
}

/** The earlier of where the page before ended and where the stretch of time ends: of two, Postgres would begin at the later. */
function endOf({ cursor, to }: Input): Position | null {
  const after = fromCursor(cursor);
  const end = to ? { at: new Date(to), id: "" } : null;
  return after && end ? (after.at < end.at ? after : end) : (after ?? end);
}

async function isOfUser(deps: Deps, userId: string): Promise<SQL> {
  const customers = await deps.db
    .select({ id: stripeCustomers.customerId })
    .from(stripeCustomers)
    .where(eq(stripeCustomers.userId, userId));
  const [only, ...others] = customers.map(({ id }) => id);
  // One customer, as nearly everybody has, is read in the order of its index.
  if (only !== undefined && others.length === 0) return eq(webhookEvents.customerId, only);
  return anyOf(
    webhookEvents.customerId,
    customers.map(({ id }) => id),
  );
}
