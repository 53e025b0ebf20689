import { anyOf } from "@liveassist/db";
import { stripeCustomers, webhookEvents } from "@liveassist/db/schema";
import type { eventsOutput, listEventsInput } from "@liveassist/shared/inputs/admin";
import { and, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { diedOf } from "./dead-cause.ts";
import { fromCursor, pageOf } from "./page-cursor.ts";
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
      .where(isByTypeAlone(input) ? isNewestOfType(where, limit + 1) : where)
      .orderBy(...NEWEST)
      .limit(limit + 1),
  );
  const { page, next } = pageOf(rows, limit, (row) => ({ at: row.receivedAt, id: row.eventId }));
  return { events: page.map(showEvent), next };
}

async function conditionOf(deps: Deps, input: Input): Promise<SQL | undefined> {
  const { outcome, type, cause, customerId, userId, from, to } = input;
  const after = fromCursor(input.cursor);
  return and(
    outcome ? HAVING[outcome] : undefined,
    cause ? diedOf(cause) : undefined,
    type ? eq(webhookEvents.type, type) : undefined,
    customerId ? eq(webhookEvents.customerId, customerId) : undefined,
    userId ? await isOfUser(deps, userId) : undefined,
    from ? gte(receivedAt, new Date(from)) : undefined,
    to ? lt(receivedAt, new Date(to)) : undefined,
    after ? sql`(${receivedAt}, ${eventId}) < (${after.at.toISOString()}, ${after.id})` : undefined,
  );
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

const isByTypeAlone = ({ type, outcome, cause, customerId, userId }: Input): boolean =>
  type !== undefined && [outcome, cause, customerId, userId].every((one) => one === undefined);

/** The newest of each outcome, and of those the newest: the index of types tells outcomes apart, so that any pair is found at once. */
function isNewestOfType(where: SQL | undefined, most: number): SQL {
  const order = sql`order by ${receivedAt} desc, ${eventId} desc limit ${most}`;
  const each = Object.values(HAVING).map(
    (outcome) =>
      sql`(select ${eventId}, ${receivedAt} from ${webhookEvents} where ${and(outcome, where)} ${order})`,
  );
  return sql`${eventId} in (select event_id from (${sql.join(each, sql` union all `)}) as newest
    order by received_at desc, event_id desc limit ${most})`;
}
