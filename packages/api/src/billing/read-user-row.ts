import type { Db } from "@liveassist/db";
import { users } from "@liveassist/db/schema";
import type { ProvisionalGrant } from "@liveassist/shared/provisional";
import { eq, sql } from "drizzle-orm";

/** Named with its table: drizzle leaves it out when it selects from one table, and a subquery has an `id` of its own. */
const OWN_ID = sql.raw('"users"."id"');

/** Built once per database: this is the most frequent question of all. */
function prepare(db: Db) {
  return db
    .select({
      user: users,
      hasCustomer: sql<boolean>`exists(select 1 from stripe_customers c where c.user_id = ${OWN_ID} and c.deleted_at is null)`,
      observedAt: sql<
        string | null
      >`(select case when bool_or(c.observed_at is null) then null else min(c.observed_at) end
        from stripe_customers c where c.user_id = ${OWN_ID} and c.deleted_at is null)`,
      checkoutUnderWay: sql<boolean>`exists(select 1 from checkout_attempts a where a.user_id = ${OWN_ID}
        and a.session_id is not null and a.state in ('open', 'paid'))`,
      paidCheckout: sql<boolean>`exists(select 1 from checkout_attempts a where a.user_id = ${OWN_ID} and a.state = 'paid')`,
      grants: sql<
        ProvisionalGrant[] | null
      >`(select json_agg(json_build_object('subscriptionId', p.subscription_id,
        'status', p.status, 'endsAt', floor(extract(epoch from p.ends_at) * 1000)::bigint))
        from provisional_grants p where p.user_id = ${OWN_ID})`,
      imagesUsed: sql<number>`(select count(*)::int from usage g where g.user_id = ${OWN_ID}
        and g.day = ${sql.placeholder("today")} and g.counted and g.state <> 'released')`,
    })
    .from(users)
    .where(eq(users.id, sql.placeholder("userId")))
    .prepare("read_user_row");
}

type Statement = ReturnType<typeof prepare>;
export type UserRow = Awaited<ReturnType<Statement["execute"]>>[number];

const statements = new WeakMap<Db, Statement>();

/** A user's row, and what decides whether Stripe has to be asked. `today`: the quota's calendar day. */
export async function readUserRow(db: Db, userId: string, today: string): Promise<UserRow | undefined> {
  const statement = statements.get(db) ?? prepare(db);
  statements.set(db, statement);
  const [row] = await statement.execute({ userId, today });
  return row;
}
