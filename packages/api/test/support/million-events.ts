import type { Sql } from "@liveassist/db";

/** A year and a half of a shop, as a console meets it; the busiest user is `usr_1`. `now`: epoch milliseconds. */
export interface Scale {
  readonly events: number;
  readonly users: number;
  readonly now: number;
}

/** One hour with a wrong key: everything of it died. */
const OUTAGE = { from: 0.6, share: 0.02 };

/**
 * Fills a database in a few statements: most events are about everyday things, a third is none of our business, a
 * few died for each of the causes, an outage killed thousands, and the newest thousands wait.
 */
export async function fillLedger(sql: Sql, scale: Scale): Promise<void> {
  const { events, users } = scale;
  const now = new Date(scale.now).toISOString();
  const own = await sql.reserve();
  try {
    await own`set transaction_timeout = 0`;
    await own`set synchronous_commit = off`;
    for (const statement of statementsOf({ events, users, now })) await own.unsafe(statement);
    // As it lies after a night: planned for, and written down.
    await own`vacuum (analyze)`;
    await own`checkpoint`;
    await own`set transaction_timeout = 5000`;
  } finally {
    own.release();
  }
}

function statementsOf({ events, users, now }: { events: number; users: number; now: string }): string[] {
  const at = (fraction: string, days: number): string =>
    `date_trunc('milliseconds', timestamptz '${now}' - (1 - ${fraction}) * interval '${days} days')`;
  const customers = Math.round(users * 0.6);
  const died = `(n > ${events * OUTAGE.from} and n <= ${events * (OUTAGE.from + OUTAGE.share)})`;
  return [
    `insert into users (id, name, email, email_verified, created_at, subscription_status, xp)
      select 'usr_' || n, (array['Anna','Bo','Cecilia','David','Eva','Fredrik','Greta','Hugo','Ida','Johan'])[n % 10 + 1]
        || ' ' || (array['Åberg','Berg','Dahl','Ek','Falk','Gran','Holm'])[n % 7 + 1], 'mail' || n || '@example.org', true,
        ${at(`n / ${users}.0`, 500)},
        case when n % 1000 = 0 then 'trial' when n % 7 = 0 then 'paid' else 'free' end, 250
      from generate_series(1, ${users}) n`,
    `insert into stripe_customers (customer_id, user_id, observed_seq, observed_at)
      select 'cus_' || n, 'usr_' || n, n, '${now}' from generate_series(1, ${customers}) n`,
    `insert into stripe_customers (customer_id, user_id) values ('cus_old_1', 'usr_1')`,
    `insert into subscriptions (provider_subscription_id, user_id, customer_id, plan, status, items, paid_until,
        stripe_created_at, observed_seq, observed_at)
      select 'sub_' || n, 'usr_' || n, 'cus_' || n, case when n % 7 = 0 then 'paid' else 'free' end,
        case when n % 7 = 0 then 'active' else 'canceled' end, '[]', timestamptz '${now}' + interval '20 days',
        ${at(`n / ${users}.0`, 500)}, n, '${now}'
      from generate_series(1, ${customers}) n`,
    ...eventsOf(events, customers, { at, died }),
    `insert into xp_events (id, user_id, amount, reason, idempotency_key, ts)
      select gen_random_uuid(), 'usr_' || (1 + n % ${users}), 10, 'manual', 'xp_' || n, ${at(`n / ${users * 2}.0`, 400)}
      from generate_series(1, ${users * 2}) n`,
    `insert into reconcile_walks (state, phase, started_at, finished_at, counts)
      select 'finished', 'events', ${at("n / 8640.0", 30)}, ${at("n / 8640.0", 30)}, '{"listed": 30000, "repaired": 2}'
      from generate_series(1, 8640) n`,
    `insert into drifts (walk_id, customer_id, subscription_id, user_id, cause, detail, found_at, repaired_at, last_error)
      select 1 + n % 8640, 'cus_' || n, 'sub_' || n, 'usr_' || n,
        (array['missing_here','status','period','plan_copy'])[n % 4 + 1],
        jsonb_build_object('fields', jsonb_build_array('status'), 'inFlight', false, 'seen', jsonb_build_object('subscriptions',
          jsonb_build_array(jsonb_build_object('id', 'sub_' || n, 'note', repeat(md5(n::text), 30))))),
        ${at("n / 20000.0", 30)}, case when n % 400 <> 0 then timestamptz '${now}' end, null
      from generate_series(1, 20000) n`,
    `insert into billing_flags (id, kind, user_id, object_id, found_at, resolved_at)
      select gen_random_uuid(), 'refund', 'usr_' || n, 'ch_' || n, ${at("n / 20000.0", 400)},
        case when n % 500 <> 0 then timestamptz '${now}' end from generate_series(1, 20000) n`,
    `insert into admin_actions (at, actor_id, action, user_id, input, outcome)
      select ${at("n / 100000.0", 400)}, 'usr_' || (1 + n % 9), 'admin.replayEvent',
        case when n % 3 = 0 then 'usr_' || (1 + n % ${users}) end, jsonb_build_object('eventId', 'evt_' || n), 'done'
      from generate_series(1, 100000) n`,
    `insert into trail (user_id, kind, at, detail)
      select 'usr_' || case when n % 10 = 0 then 1 else 1 + n % ${users} end, (array['sync','push','ack'])[n % 3 + 1],
        ${at("n / 300000.0", 30)}, jsonb_build_object('seq', n, 'version', n, 'socketId', 'socket_' || n)
      from generate_series(1, 300000) n`,
    `insert into outbox (user_id, type, payload, created_at)
      select 'usr_' || case when n % 20 = 0 then 1 else 1 + n % ${users} end, 'subscription.updated',
        '{"subscription_status": "paid"}', ${at("n / 100000.0", 7)} from generate_series(1, 100000) n`,
    `insert into activations (subscription_id, user_id, plan, paid_at, activated_at, received_at, committed_at)
      select 'sub_' || n, 'usr_' || n, 'paid', ${at(`n / ${customers}.0`, 400)}, ${at(`n / ${customers}.0`, 400)},
        ${at(`n / ${customers}.0`, 400)}, ${at(`n / ${customers}.0`, 400)} from generate_series(1, ${customers}) n`,
    `insert into minute_counts (minute, name, label, n)
      select date_trunc('minute', timestamptz '${now}') - n * interval '1 minute', 'webhooks', label, 5
      from generate_series(0, 50000) n, unnest(array['stored','skipped','ignored','invalid_signature','failed']) label`,
    `insert into incidents (alert, severity, value, threshold, opened_at, last_seen_at, closed_at)
      select 'dead_letters', 'ticket', 3, 0, ${at("n / 5000.0", 400)}, ${at("n / 5000.0", 400)},
        case when n < 5000 then timestamptz '${now}' end from generate_series(1, 5000) n`,
    `insert into checkout_attempts (id, user_id, customer_id, trial, price_id, state, session_id, created_at, updated_at)
      select gen_random_uuid(), 'usr_' || n, 'cus_' || n, false, 'price_ours', 'settled', 'cs_' || n,
        ${at(`n / ${customers}.0`, 400)}, ${at(`n / ${customers}.0`, 400)} from generate_series(1, ${customers}) n`,
  ];
}

/** In portions, so that no one statement holds up the checkpoints of a small machine. */
function eventsOf(
  events: number,
  customers: number,
  { at, died }: { at: (fraction: string, days: number) => string; died: string },
): string[] {
  const portions = 10;
  const size = Math.ceil(events / portions);
  const waits = `n > ${events} - 5000`;
  return Array.from({ length: portions }, (_, turn) => {
    const [first, last] = [turn * size + 1, Math.min(events, (turn + 1) * size)];
    return `insert into webhook_events (event_id, type, object_id, customer_id, subscription_id, user_id, livemode,
        stripe_created_at, payload, received_at, processed_at, outcome, observed_seq, attempts, next_attempt_at, last_error)
      select 'evt_' || md5(n::text), type, 'obj_' || n, customer, 'sub_' || c,
        case when outcome = 'processed' then 'usr_' || c end, false, moment, payload, moment,
        case when outcome is not null then moment end, outcome, case when outcome = 'processed' then n end,
        case when outcome = 'dead' then 8 else 1 end, moment,
        case when outcome = 'dead' then case when ${died} then 'StripeError: Stripe 401: Invalid API Key provided'
          when n % 4 = 0 then 'unresolved: customer cus_' || c || ' names no user'
          when n % 4 = 1 then 'unresolved: customer cus_' || c || ' names several users: usr_1, usr_2'
          when n % 4 = 2 then 'Stripe does not know the event''s object obj_' || n
          else 'TypeError: x is undefined' end end
      from (select n, c, 'cus_' || c as customer, ${at(`n / ${events}.0`, 500)} as moment,
          '{"id": "evt", "note": "' || repeat(md5(n::text), 8) || '"}' as payload,
          case when n % 9973 = 0 then 'customer.deleted' when k = 0 then 'charge.refunded'
            when k < 200 then 'customer.subscription.updated' when k < 400 then 'invoice.paid'
            when k < 600 then 'invoice.payment_succeeded' when k < 650 then 'checkout.session.completed'
            when k < 800 then 'payment_intent.succeeded' when k < 999 then 'charge.succeeded' else 'customer.updated' end as type,
          case when k >= 650 or n % 99991 = 0 then 'ignored' when ${waits} then null
            when ${died} or n % 5003 = 0 then 'dead' else 'processed' end as outcome
        from (select n, (n * 7919::bigint) % 1000 as k, case when n % 200 = 0 then 1 else 1 + n % ${customers} end as c
          from generate_series(${first}, ${last}) n) as drawn) as told`;
  });
}
