import type { timelineKind } from "@liveassist/shared/inputs/operations";
import { type SQL, sql } from "drizzle-orm";
import type { z } from "zod";

export type TimelineKind = z.infer<typeof timelineKind>;

/** Whose timeline, up to when: each source shows nothing later, so that its index can begin there. */
export interface Until {
  readonly userId: string;
  /** As Postgres reads it. */
  readonly at: string;
  readonly kinds: readonly TimelineKind[];
  /** No more are shown, so a source with an index for it may leave out what is older than so many. */
  readonly most: number;
}

/** Kinds, and the rows (at, key, kind, what, ids, detail) they come from. */
export interface TimelineSource {
  readonly kinds: readonly TimelineKind[];
  readonly rows: (until: Until) => SQL;
}

/** Of what happened in the same millisecond, what follows from the other comes after it. */
const RANK: Record<TimelineKind, string> = {
  account: "00",
  admin: "05",
  checkout: "10",
  payment: "20",
  event: "30",
  grant: "35",
  sync: "40",
  xp: "45",
  change: "50",
  flag: "55",
  withdrawal: "56",
  drift: "57",
  mail: "60",
  push: "70",
  ack: "80",
};

/** A row's place among those of its moment: unique in the timeline, and compared as bytes. */
const key = (kind: TimelineKind, id: SQL): SQL => sql`${`${RANK[kind]}-${kind}-`} || ${id}`;
const serial = (column: SQL): SQL => sql`lpad(${column}::text, 14, '0')`;
const own = (userId: string): SQL => sql`select customer_id from stripe_customers where user_id = ${userId}`;
const only = (kind: TimelineKind, rows: TimelineSource["rows"]): TimelineSource => ({ kinds: [kind], rows });

const trailKey = sql.raw(
  `case kind ${(["sync", "push", "ack"] as const)
    .map((kind) => `when '${kind}' then '${RANK[kind]}-${kind}-'`)
    .join(" ")} end || lpad(id::text, 14, '0')`,
);

/** Every table that tells of a user. Ids and facts only: no name, address, text or payload is read. */
export const TIMELINE_SOURCES: readonly TimelineSource[] = [
  only(
    "account",
    ({ userId }) => sql`
    select created_at as at, ${key("account", sql`'created'`)} as key, 'account' as kind, 'created' as what,
      '{}'::jsonb as ids, jsonb_build_object('role', role) as detail from users where id = ${userId}
    union all select deleted_at, ${key("account", sql`'deleted'`)}, 'account', 'deleted', '{}'::jsonb, '{}'::jsonb
      from users where id = ${userId} and deleted_at is not null`,
  ),
  only("checkout", ({ userId }) => {
    const ids = sql`jsonb_build_object('checkout', id::text, 'session', session_id, 'customer', customer_id)`;
    return sql`
    select created_at as at, ${key("checkout", sql`id || '-0'`)} as key, 'checkout' as kind, 'opened' as what,
      ${ids} as ids, jsonb_build_object('trial', trial, 'price', price_id, 'state', state) as detail
      from checkout_attempts where user_id = ${userId}
    union all select updated_at, ${key("checkout", sql`id || '-1'`)}, 'checkout', state, ${ids}, '{}'::jsonb
      from checkout_attempts where user_id = ${userId} and state <> 'open'`;
  }),
  // Stripe's moment by our wall clock: in a practice shop whose clock was turned, the two differ by days. It is cut to whole
  // seconds, so that a page opened in the same second was opened before.
  only(
    "payment",
    ({ userId }) => sql`
    select coalesce((select max(c.created_at) from checkout_attempts c where c.user_id = paid.user_id
        and c.created_at >= paid.moment and c.created_at < least(paid.moment + interval '1 second', paid.committed_at)),
      paid.moment) as at,
      ${key("payment", sql`subscription_id`)} as key, 'payment' as kind, plan as what,
      jsonb_build_object('subscription', subscription_id) as ids,
      jsonb_build_object('paid_at', paid_at, 'active_at', committed_at, 'received_at', received_at,
        'seconds', round(extract(epoch from greatest(activated_at - paid_at, interval '0')), 3),
        'receipt_seconds', round(extract(epoch from greatest(committed_at - received_at, interval '0')), 3)) as detail
      from (select *, committed_at - greatest(activated_at - paid_at, interval '0') as moment
        from activations where user_id = ${userId}) paid`,
  ),
  only(
    "event",
    ({ userId, at, most }) => sql`
    select e.received_at as at, ${key("event", sql`e.event_id`)} as key, 'event' as kind, e.type as what,
      jsonb_build_object('event', e.event_id, 'object', e.object_id, 'subscription', e.subscription_id,
        'session', e.session_id, 'customer', e.customer_id, 'seq', e.observed_seq::text) as ids,
      jsonb_build_object('outcome', coalesce(e.outcome, 'pending'), 'source', e.source, 'attempts', e.attempts,
        'created_at', e.stripe_created_at, 'processed_at', e.processed_at, 'last_error', e.last_error) as detail
      from stripe_customers c cross join lateral (
        (select * from webhook_events where customer_id = c.customer_id and received_at = ${at}::timestamptz)
        union all (select * from webhook_events where customer_id = c.customer_id and received_at < ${at}::timestamptz
          order by received_at desc fetch first (${most}::int) rows with ties)) e
      where c.user_id = ${userId}`,
  ),
  {
    kinds: ["sync", "push", "ack"],
    rows: ({ userId, at, kinds }) => sql`
    select at, ${trailKey} as key, kind,
      case kind when 'sync' then coalesce(detail->>'outcome', 'sync') when 'push' then 'subscription.updated'
        else 'shown' end as what,
      jsonb_build_object('customer', detail->'customerId', 'seq', detail->>'seq', 'socket', detail->'socketId',
        'version', detail->>'version') as ids,
      detail - 'customerId' - 'seq' - 'socketId' - 'version' - 'outcome' as detail
      from trail where user_id = ${userId} and at <= ${at}::timestamptz
        and kind = any(${sql.param(kinds.filter((kind) => ["sync", "push", "ack"].includes(kind)))}::text[])`,
  },
  only(
    "change",
    ({ userId, at }) => sql`
    select created_at as at, ${key("change", serial(sql`id`))} as key, 'change' as kind, type as what,
      jsonb_build_object('version', id::text) as ids, payload - 'userId' - 'type' as detail
      from outbox where user_id = ${userId} and created_at <= ${at}::timestamptz`,
  ),
  only(
    "grant",
    ({ userId }) => sql`
    select received_at as at, ${key("grant", sql`subscription_id`)} as key, 'grant' as kind, status as what,
      jsonb_build_object('subscription', subscription_id, 'event', event_id, 'customer', customer_id) as ids,
      jsonb_build_object('ends_at', ends_at) as detail from provisional_grants where user_id = ${userId}`,
  ),
  only(
    "xp",
    ({ userId, at }) => sql`
    select ts as at, ${key("xp", sql`id::text`)} as key, 'xp' as kind, reason as what, '{}'::jsonb as ids,
      jsonb_build_object('amount', amount) as detail
      from xp_events where user_id = ${userId} and ts <= ${at}::timestamptz`,
  ),
  only("flag", ({ userId }) => {
    const ids = sql`jsonb_build_object('flag', id::text, 'object', object_id, 'kept', kept_id)`;
    return sql`
    select found_at as at, ${key("flag", sql`id || '-0'`)} as key, 'flag' as kind, kind as what, ${ids} as ids,
      '{"resolved": false}'::jsonb as detail from billing_flags where user_id = ${userId}
    union all select resolved_at, ${key("flag", sql`id || '-1'`)}, 'flag', kind, ${ids}, '{"resolved": true}'::jsonb
      from billing_flags where user_id = ${userId} and resolved_at is not null`;
  }),
  only("drift", ({ userId }) => {
    const ids = sql`jsonb_build_object('drift', id::text, 'customer', customer_id, 'subscription', subscription_id)`;
    const theirs = sql`customer_id = any(array(${own(userId)}))`;
    return sql`
    select found_at as at, ${key("drift", sql`${serial(sql`id`)} || '-0'`)} as key, 'drift' as kind, cause as what,
      ${ids} as ids, jsonb_build_object('repaired', false, 'last_error', last_error) as detail
      from drifts where ${theirs}
    union all select repaired_at, ${key("drift", sql`${serial(sql`id`)} || '-1'`)}, 'drift', cause, ${ids},
      '{"repaired": true}'::jsonb from drifts where ${theirs} and repaired_at is not null`;
  }),
  only("withdrawal", ({ userId }) => {
    const ids = sql`jsonb_build_object('subscription', subscription_id, 'refund', refund_id)`;
    return sql`
    select received_at as at, ${key("withdrawal", sql`id || '-0'`)} as key, 'withdrawal' as kind, 'received' as what,
      ${ids} as ids, jsonb_build_object('attempts', attempts, 'last_error', last_error) as detail
      from withdrawals where user_id = ${userId}
    union all select completed_at, ${key("withdrawal", sql`id || '-1'`)}, 'withdrawal', 'completed', ${ids},
      jsonb_build_object('refunded_ore', refunded_ore, 'currency', currency)
      from withdrawals where user_id = ${userId} and completed_at is not null`;
  }),
  only(
    "mail",
    ({ userId, at }) => sql`
    select created_at as at, ${key("mail", sql`id::text`)} as key, 'mail' as kind, split_part(mails.key, ':', 1) as what,
      '{}'::jsonb as ids, jsonb_build_object('subject', subject, 'sent_at', sent_at, 'attempts', attempts,
        'state', case when sent_at is not null then 'sent' when attempts > 1 then 'failing' else 'waiting' end) as detail
      from mails where user_id = ${userId} and created_at <= ${at}::timestamptz`,
  ),
  only(
    "admin",
    ({ userId }) => sql`
    select at, ${key("admin", serial(sql`id`))} as key, 'admin' as kind, action as what,
      jsonb_build_object('actor', actor_id) as ids,
      jsonb_build_object('input', input - 'userId', 'outcome', outcome) as detail
      from admin_actions where user_id = ${userId}`,
  ),
];
