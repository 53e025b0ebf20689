import { drifts, stripeCustomers } from "@liveassist/db/schema";
import { and, asc, eq, gt, inArray, isNull, notInArray, sql } from "drizzle-orm";
import { syncCustomer } from "../sync-customer.ts";
import { WalkPaused } from "./pace.ts";
import { saveWalk } from "./save-walk.ts";
import { isSilentAlone } from "./silent-customer.ts";
import { LOST, syncDrifted, whatRemains } from "./sync-drifted.ts";
import { countOf, type Walking, WalkLost } from "./walk.ts";

const BATCH = 40;
/** Customers synced at once. */
const HANDS = 4;
/** Customers tidied up after in one walk; the rest wait for the next. */
const MOST_TIDIED = 500;

type Found = typeof drifts.$inferSelect;

/**
 * Syncs every customer a drift was found of, which is all a repair ever is. What cannot be repaired keeps its reason and
 * is found again. A walk that was stopped leaves those alone who would lose Premium (requirements R21).
 */
export async function repairDrifts(walking: Walking): Promise<void> {
  const { deps, walk, pace } = walking;
  const isStopped = countOf(walk, "stopped") === 1;
  for (;;) {
    pace.check();
    const batch = await deps.db
      .select()
      .from(drifts)
      .where(
        and(
          eq(drifts.walkId, walk.id),
          isNull(drifts.repairedAt),
          gt(drifts.id, Number(walk.cursor ?? 0)),
          isStopped ? eq(drifts.isDowngrade, false) : undefined,
        ),
      )
      .orderBy(asc(drifts.id))
      .limit(BATCH);
    const last = batch.at(-1);
    if (!last) break;
    const customers = Map.groupBy(batch, (drift) => drift.customerId);
    const done = { repaired: 0, failed: 0 };
    await inHands([...customers], async ([customerId, found]) => {
      const reason = await repairCustomer(walking, customerId, found);
      done[reason === null ? "repaired" : "failed"] += found.length;
    });
    await saveWalk(deps, walk, { cursor: String(last.id), add: done });
  }
  const tidied = await tidyUp(walking, isStopped);
  await saveWalk(deps, walk, { phase: "events", cursor: null, add: { tidied } });
}

async function inHands<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const hand = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  const ends = await Promise.allSettled(Array.from({ length: HANDS }, hand));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

/** Null: repaired; else why not. */
async function repairCustomer(
  walking: Walking,
  customerId: string,
  found: readonly Found[],
): Promise<string | null> {
  const { deps, walk, pace } = walking;
  const reason = await pace
    .ask(() => syncFound(walking, customerId, found))
    .catch(async (error: unknown) => {
      if (await endsWalk(walking, error)) throw error;
      return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    });
  const ids = found.map((drift) => drift.id);
  const wall = new Date(deps.clock.wall());
  const line = { walkId: walk.id, customerId, causes: found.map((drift) => drift.cause) };
  if (reason === null) {
    walking.unanswered.silent = 0;
    await deps.db.update(drifts).set({ repairedAt: wall, lastError: null }).where(inArray(drifts.id, ids));
    deps.log.info(line, "drift repaired");
  } else {
    const isNews = found.some((drift) => drift.lastError !== reason);
    await deps.db
      .update(drifts)
      .set({ lastError: reason.slice(0, 500) })
      .where(inArray(drifts.id, ids));
    if (isNews)
      deps.log.error(
        { alarm: "drift_remains", reason, ...line },
        "a drift could not be repaired; it is found again",
      );
  }
  return reason;
}

/** Whether the walk has to wait or stop; else it is this customer's failure alone. */
const endsWalk = async (walking: Walking, error: unknown): Promise<boolean> =>
  error instanceof WalkLost || (error instanceof WalkPaused && !(await isSilentAlone(walking, error)));

async function syncFound(
  { deps }: Walking,
  customerId: string,
  found: readonly Found[],
): Promise<string | null> {
  const lost = found.filter((drift) => drift.cause === "lost_at_stripe");
  // Known from an earlier walk, and nothing else differs: a sync would only say the same again.
  if (lost.length === found.length && lost.every((drift) => drift.lastError !== null)) return LOST;
  const unresolved = await syncDrifted(deps, customerId);
  if (unresolved !== null) return unresolved;
  for (const drift of found) {
    const reason = await whatRemains(deps, drift);
    if (reason !== null) return reason;
  }
  return null;
}

/**
 * Looks once at customers never observed, and closes checkouts here whose time is over or that a live subscription made
 * obsolete. Nothing was wrong with them, so it is no drift. Answers how many.
 */
async function tidyUp(walking: Walking, isStopped: boolean): Promise<number> {
  const { deps, walk, pace } = walking;
  const now = new Date(deps.clock.now()).toISOString();
  const losing = deps.db
    .select({ id: drifts.customerId })
    .from(drifts)
    .where(and(eq(drifts.walkId, walk.id), eq(drifts.isDowngrade, true)));
  const untidy = await deps.db
    .select({ customerId: stripeCustomers.customerId })
    .from(stripeCustomers)
    .where(
      and(
        isNull(stripeCustomers.deletedAt),
        isStopped ? notInArray(stripeCustomers.customerId, losing) : undefined,
        sql`(${stripeCustomers.observedAt} is null
          or exists (select 1 from checkout_attempts a where a.customer_id = ${stripeCustomers.customerId}
            and a.state = 'open' and a.session_id is not null and (a.expires_at <= ${now}
              or exists (select 1 from subscriptions s where s.user_id = a.user_id
                and s.status not in ('canceled', 'incomplete_expired')))))`,
      ),
    )
    .limit(MOST_TIDIED);
  let tidied = 0;
  await inHands(untidy, async ({ customerId }) => {
    try {
      await pace.ask(() => syncCustomer(deps, customerId, "reconcile"));
      tidied += 1;
    } catch (error) {
      if (await endsWalk(walking, error)) throw error;
      deps.log.warn({ err: error, customerId }, "a customer could not be tidied up after");
    }
  });
  return tidied;
}
