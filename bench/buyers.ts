import type { StripeStub } from "../apps/server/test/support/stripe-stub.ts";
import type { Sql } from "../packages/db/src/index.ts";

/** A user about to buy: bound to a customer, with a checkout under way that Stripe already calls complete. */
export interface Buyer {
  readonly userId: string;
  readonly customerId: string;
}

const DAY = 86_400;

/** Makes the price and everything Stripe knows of the buyers once they have paid. */
export function payAtStripe(stub: StripeStub, count: number): Buyer[] {
  const now = Math.floor(Date.now() / 1000);
  const price = stub.put({
    id: "price_bench",
    object: "price",
    product: "prod_bench",
    currency: "sek",
    unit_amount: 3900,
    lookup_key: "liveassist_monthly",
    recurring: { interval: "month" },
  });
  return Array.from({ length: count }, (_, index) => {
    const [userId, customer, id] = [`user-bench-${index}`, `cus_bench${index}`, `sub_bench${index}`];
    stub.put({ id: customer, object: "customer", metadata: { userId } });
    const period = { current_period_start: now, current_period_end: now + 30 * DAY };
    stub.put({
      id,
      object: "subscription",
      customer,
      status: "active",
      created: now,
      trial_start: null,
      trial_end: null,
      cancel_at: null,
      cancel_at_period_end: false,
      ended_at: null,
      metadata: { userId },
      items: { object: "list", data: [{ id: `si_bench${index}`, price, ...period }] },
    });
    stub.put({
      id: `in_bench${index}`,
      object: "invoice",
      customer,
      created: now,
      status: "paid",
      amount_paid: 3900,
      total: 3900,
      status_transitions: { paid_at: now },
      parent: {
        type: "subscription_details",
        subscription_details: { subscription: id, metadata: { userId } },
      },
    });
    stub.put({
      id: `cs_test_bench${index}`,
      object: "checkout.session",
      customer,
      client_reference_id: userId,
      metadata: { userId },
      status: "complete",
      payment_status: "paid",
      mode: "subscription",
      url: null,
      subscription: id,
      expires_at: now + DAY,
    });
    return { userId, customerId: customer };
  });
}

/** Writes the users as sign-up leaves them. */
export async function writeUsers(sql: Sql, count: number): Promise<void> {
  await sql`insert into users (id, name, email)
    select 'user-bench-' || n, 'Bench', 'bench-' || n || '@example.com' from generate_series(0, ${count - 1}) n`;
}

/** Binds their customers and opens their checkouts, after they listen: subscribing may ask Stripe on its own. */
export async function writeCheckouts(sql: Sql, count: number): Promise<void> {
  await sql`insert into stripe_customers (customer_id, user_id)
    select 'cus_bench' || n, 'user-bench-' || n from generate_series(0, ${count - 1}) n`;
  await sql`insert into checkout_attempts (id, user_id, customer_id, trial, price_id, session_id, expires_at)
    select gen_random_uuid(), 'user-bench-' || n, 'cus_bench' || n, false, 'price_bench', 'cs_test_bench' || n,
      current_timestamp + interval '1 day' from generate_series(0, ${count - 1}) n`;
  await sql`analyze`;
}

/** Makes every buyer free again, with the checkout under way, so that the next event is a first payment again. */
export async function takeBack(sql: Sql): Promise<void> {
  await sql`delete from subscriptions`;
  await sql`delete from xp_events`;
  await sql`update checkout_attempts set state = 'open'`;
  await sql`update users set subscription_status = 'free', subscription_expiry = null, stripe_status = 'none',
    xp = 0, check_at = null`;
}

/** What a round of purchases must have left behind; anything else means that it measured something else. */
export async function countPaid(sql: Sql): Promise<{ paid: number; told: number; stored: number }> {
  const [row] = await sql<{ paid: number; told: number; stored: number }[]>`select
    (select count(*)::int from users where subscription_status = 'paid' and xp = 250) as paid,
    (select count(*)::int from outbox) as told,
    (select count(*)::int from webhook_events) as stored`;
  if (!row) throw new Error("nothing could be counted");
  return row;
}
