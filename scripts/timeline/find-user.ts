import type { Sql } from "../../packages/db/src/index.ts";

/** Whose story is told. */
export interface Found {
  readonly id: string;
  readonly plan: string;
  readonly status: string;
}

/** Finds a user by id, e-mail, or the id of one of their Stripe customers or subscriptions; null: there is none. */
export async function findUser(sql: Sql, words: string): Promise<Found | null> {
  const [found] = await sql<Found[]>`
    select id, subscription_status as plan, stripe_status as status from users where id in (
      select id from users where id = ${words}
      union all select id from users where lower(email) = lower(${words})
      union all select user_id from stripe_customers where customer_id = ${words}
      union all select user_id from subscriptions where provider_subscription_id = ${words})
    limit 1`;
  return found ?? null;
}
