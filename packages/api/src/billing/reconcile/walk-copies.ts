import { anyOf } from "@liveassist/db";
import { provisionalGrants, stripeCustomers, subscriptions, users } from "@liveassist/db/schema";
import { derivePlan } from "@liveassist/shared/derive-plan";
import { visibleDiff } from "@liveassist/shared/subscription";
import { and, asc, eq, exists, gt, ne, or, sql } from "drizzle-orm";
import { type User, visibleOf } from "../compute-settlement.ts";
import { type SubscriptionRow, toFacts } from "../load-facts.ts";
import { type Drift, recordDrifts } from "./record-drifts.ts";
import { saveWalk } from "./save-walk.ts";
import type { Walking } from "./walk.ts";

const BATCH = 200;
export const COPIES = "copies:";
/** A boundary that has just passed is settled by the sweep within seconds. */
const SWEPT_MS = 60_000;

/** Compares each user's stored plan, the one copy there is, with what their rows give now (requirements R9). */
export async function walkCopies(walking: Walking): Promise<void> {
  const { deps, walk, pace } = walking;
  for (;;) {
    pace.check();
    const after = walk.cursor?.startsWith(COPIES) ? walk.cursor.slice(COPIES.length) : "";
    const { batch, rows, customers } = await deps.db.transaction((tx) => readBatch(tx, after), {
      isolationLevel: "repeatable read",
      accessMode: "read only",
    });
    const found = batch.flatMap((user): Drift[] => {
      const own = rows.filter((row) => row.userId === user.id);
      const fields = differing(walking, user, own);
      const customerId = customers.find((one) => one.userId === user.id)?.customerId;
      if (fields.length === 0 || !customerId) return [];
      const seen = { subscriptions: [], invoices: null, customerDeleted: false };
      return [
        {
          customerId,
          userId: user.id,
          subscriptionId: null,
          cause: "plan_copy",
          fields,
          inFlight: false,
          seen,
        },
      ];
    });
    await recordDrifts(walking, found);
    const last = batch.at(-1);
    if (!last) return;
    await saveWalk(deps, walk, { cursor: COPIES + last.id });
  }
}

type ReadTx = Parameters<Parameters<Walking["deps"]["db"]["transaction"]>[0]>[0];

/** Users and their rows as of one moment: a sync in between must not look like a difference. */
async function readBatch(tx: ReadTx, after: string) {
  const batch = await tx
    .select()
    .from(users)
    .where(
      and(
        gt(users.id, after),
        or(
          ne(users.subscriptionStatus, "free"),
          exists(
            tx.select({ one: sql`1` }).from(stripeCustomers).where(eq(stripeCustomers.userId, users.id)),
          ),
        ),
        sql`not exists (select 1 from ${provisionalGrants} g where g.user_id = ${users.id})`,
      ),
    )
    .orderBy(asc(users.id))
    .limit(BATCH);
  const ids = batch.map((user) => user.id);
  const rows = await tx.select().from(subscriptions).where(anyOf(subscriptions.userId, ids));
  const customers = await tx
    .select({ customerId: stripeCustomers.customerId, userId: stripeCustomers.userId })
    .from(stripeCustomers)
    .where(anyOf(stripeCustomers.userId, ids))
    .orderBy(asc(stripeCustomers.createdAt));
  return { batch, rows, customers };
}

function differing({ deps, price }: Walking, user: User, rows: readonly SubscriptionRow[]): string[] {
  const now = deps.clock.now();
  const due = user.checkAt?.getTime() ?? Number.POSITIVE_INFINITY;
  if (due <= now && due > now - SWEPT_MS) return [];
  const facts = rows.map((row) => toFacts(row, price));
  const standing = derivePlan(facts, now, deps.settings.grace);
  return visibleDiff(visibleOf(user), { ...standing, xp: user.xp });
}
