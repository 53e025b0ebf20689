import { anyOf } from "@liveassist/db";
import { drifts, webhookEvents } from "@liveassist/db/schema";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { InvoiceSnapshot, SubscriptionSnapshot } from "../../stripe-port.ts";
import type { DriftCause } from "./compare-rows.ts";
import type { Walking } from "./walk.ts";

/** What Stripe showed of a customer: enough to tell what a sync would make of it. */
export interface SeenAtStripe {
  readonly subscriptions: readonly SubscriptionSnapshot[];
  readonly invoices: readonly InvoiceSnapshot[] | null;
  readonly customerDeleted: boolean;
}

/** A difference between Stripe and us. */
export interface Drift {
  readonly customerId: string;
  readonly subscriptionId: string | null;
  /** Null: the customer is bound to nobody. */
  readonly userId: string | null;
  readonly cause: DriftCause;
  /** The columns that differ. */
  readonly fields: readonly string[];
  /** So young that an event may still be on its way: repaired, but nothing went wrong. */
  readonly inFlight: boolean;
  readonly seen: SeenAtStripe;
}

export type DriftDetail = Pick<Drift, "fields" | "inFlight" | "seen">;

/** In SQL: what was seen before and what is seen now of the same customer, the newer last. */
const MERGED = sql`${drifts.detail} || jsonb_build_object('seen', jsonb_build_object(
  'subscriptions', (${drifts.detail}->'seen'->'subscriptions') || (excluded.detail->'seen'->'subscriptions'),
  'invoices', case when jsonb_typeof(excluded.detail->'seen'->'invoices') = 'array'
    then excluded.detail->'seen'->'invoices' else ${drifts.detail}->'seen'->'invoices' end,
  'customerDeleted', (${drifts.detail}->'seen'->'customerDeleted')::boolean
    or (excluded.detail->'seen'->'customerDeleted')::boolean))`;

/**
 * Writes drifts down, once for each customer and cause. One that an earlier walk found and could not repair moves on into
 * this walk with the day it was found, and is not announced again.
 */
export async function recordDrifts({ deps, walk }: Walking, found: readonly Drift[]): Promise<void> {
  if (found.length === 0) return;
  const busy = await customersWithEvents(
    { deps },
    found.map((one) => one.customerId),
  );
  for (const drift of found) {
    const { customerId, cause } = drift;
    const inFlight = drift.inFlight || busy.has(customerId);
    const detail = { fields: drift.fields, inFlight, seen: drift.seen } satisfies DriftDetail;
    const carried = await deps.db
      .update(drifts)
      .set({ walkId: walk.id, detail, isDowngrade: false })
      .where(
        and(
          eq(drifts.customerId, customerId),
          eq(drifts.cause, cause),
          isNull(drifts.repairedAt),
          ne(drifts.walkId, walk.id),
        ),
      )
      .returning({ id: drifts.id });
    if (carried.length > 0) continue;
    const [row] = await deps.db
      .insert(drifts)
      .values({
        walkId: walk.id,
        customerId,
        subscriptionId: drift.subscriptionId,
        userId: drift.userId,
        cause,
        detail,
        foundAt: new Date(deps.clock.wall()),
      })
      .onConflictDoUpdate({
        target: [drifts.walkId, drifts.customerId, drifts.cause],
        set: { detail: MERGED },
      })
      .returning({ isNew: sql<boolean>`xmax = 0` });
    if (row?.isNew) announce({ deps, walk }, { ...drift, inFlight });
  }
}

function announce({ deps, walk }: Pick<Walking, "deps" | "walk">, drift: Drift): void {
  const { customerId, subscriptionId, userId, cause, fields, inFlight } = drift;
  const line = { walkId: walk.id, customerId, subscriptionId, userId, cause, fields };
  if (inFlight) {
    deps.log.info(line, "a change at Stripe is still on its way to us");
    return;
  }
  deps.metrics.count("liveassist_drift_total", { cause });
  deps.log.warn(line, "drift: Stripe and we differ");
}

/** Customers whose events wait in the inbox: what differs there is being worked on already. */
async function customersWithEvents(
  { deps }: Pick<Walking, "deps">,
  customerIds: readonly string[],
): Promise<Set<string>> {
  const rows = await deps.db
    .selectDistinct({ customerId: webhookEvents.customerId })
    .from(webhookEvents)
    .where(and(anyOf(webhookEvents.customerId, [...new Set(customerIds)]), isNull(webhookEvents.outcome)));
  return new Set(rows.flatMap(({ customerId }) => customerId ?? []));
}
