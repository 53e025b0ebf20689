import { anyOf } from "@liveassist/db";
import { drifts, reconcileWalks, users } from "@liveassist/db/schema";
import { derivePlan } from "@liveassist/shared/derive-plan";
import { isMassDowngrade } from "@liveassist/shared/mass-downgrade";
import { isPremium } from "@liveassist/shared/plans";
import { and, asc, eq, gt, isNotNull, isNull, ne, sql } from "drizzle-orm";
import type { SubscriptionSnapshot } from "../../stripe-port.ts";
import type { Observation } from "../ask-about-customer.ts";
import { computeRows, type Terms, withRows } from "../compute-rows.ts";
import { type SubscriptionRow, subscriptionRowsOf, toFacts } from "../load-facts.ts";
import type { DriftDetail } from "./record-drifts.ts";
import { saveWalk } from "./save-walk.ts";
import type { Walking } from "./walk.ts";

const BATCH = 100;

interface Seen {
  readonly customerId: string;
  readonly detail: DriftDetail;
}

/** Each subscription as it was seen last: one may have been met in the list, and asked about later. */
const newestOf = (seen: readonly SubscriptionSnapshot[]): SubscriptionSnapshot[] => [
  ...new Map(seen.map((one) => [one.id, one])).values(),
];

/** The rows of a user as a sync of all that was seen would leave them: what a repair would do, before anything is done. */
export function predictRows(
  stored: readonly SubscriptionRow[],
  { userId, seen }: { userId: string; seen: readonly Seen[] },
  terms: Terms,
): SubscriptionRow[] {
  let rows = [...stored];
  for (const { customerId, detail } of seen) {
    const observed: Observation = {
      ...detail.seen,
      subscriptions: newestOf(detail.seen.subscriptions),
      customerId,
      seq: 0,
      at: terms.now,
      sessions: [],
      lost: [],
      unknown: new Set(),
    };
    rows = withRows(rows, computeRows({ stored: rows, observed, userId }, terms));
  }
  return rows;
}

/**
 * Decides whether the walk may repair everything: who would lose Premium is told from what was seen, and too many at once stop
 * it (requirements R21). Marks their drifts, and writes the decision into the walk.
 */
export async function judgeDrifts(walking: Walking): Promise<void> {
  const { deps, walk, price } = walking;
  const terms = { now: deps.clock.now(), price, grace: deps.settings.grace };
  const losing: string[] = [];
  for (let after = ""; ; ) {
    const batch = await deps.db
      .selectDistinct({ id: users.id })
      .from(users)
      .innerJoin(drifts, eq(drifts.userId, users.id))
      .where(
        and(
          eq(drifts.walkId, walk.id),
          isNull(drifts.repairedAt),
          isNotNull(drifts.userId),
          gt(users.id, after),
          ne(users.subscriptionStatus, "free"),
        ),
      )
      .orderBy(asc(users.id))
      .limit(BATCH);
    for (const { id } of batch) if (await losesPremium(walking, id, terms)) losing.push(id);
    const last = batch.at(-1);
    if (!last) break;
    after = last.id;
  }
  const [payers] = await deps.db
    .select({ n: sql<number>`count(*)::int` })
    .from(users)
    .where(ne(users.subscriptionStatus, "free"));
  const [row] = await deps.db
    .select({ counts: reconcileWalks.counts })
    .from(reconcileWalks)
    .where(eq(reconcileWalks.id, walk.id));
  const isAccepted = row?.counts["downgrades_accepted"] === 1;
  const stops = !isAccepted && isMassDowngrade(losing.length, payers?.n ?? 0);
  await deps.db
    .update(drifts)
    .set({ isDowngrade: true })
    .where(and(eq(drifts.walkId, walk.id), anyOf(drifts.userId, losing)));
  const counts = { payers: payers?.n ?? 0, downgrades: losing.length, stopped: stops ? 1 : 0 };
  if (stops) {
    const line = { alarm: "mass_downgrade", walkId: walk.id, ...counts };
    deps.log.error(
      line,
      "a walk would take Premium from many at once: it stops, and nobody is downgraded by it",
    );
  }
  await saveWalk(deps, walk, { phase: "repair", cursor: null, set: counts });
}

async function losesPremium({ deps, walk }: Walking, userId: string, terms: Terms): Promise<boolean> {
  const found = await deps.db
    .select({ customerId: drifts.customerId, detail: drifts.detail })
    .from(drifts)
    .where(and(eq(drifts.walkId, walk.id), eq(drifts.userId, userId), isNull(drifts.repairedAt)))
    .orderBy(asc(drifts.id));
  const seen = found.map(({ customerId, detail }) => ({
    customerId,
    detail: detail as unknown as DriftDetail,
  }));
  const rows = predictRows(await subscriptionRowsOf(deps.db, userId), { userId, seen }, terms);
  const standing = derivePlan(
    rows.map((one) => toFacts(one, terms.price)),
    terms.now,
    terms.grace,
  );
  return !isPremium(standing.plan);
}
