import type { Sql } from "@liveassist/db";
import { subscriptions } from "@liveassist/db/schema";
import type { Rows, SubscriptionRow, UserRow } from "../rows.ts";

const NAMES = Object.entries(subscriptions)
  .filter(
    ([, column]) => typeof column === "object" && column !== null && "name" in column && "dataType" in column,
  )
  .map(([key, column]) => ({
    key,
    name: (column as { name: string }).name,
    isDate: (column as { dataType: string }).dataType === "date",
  }));

const QUERY = `select
  (select coalesce(json_agg(u order by id), '[]') from (select id, subscription_status, subscription_expiry, stripe_status,
    cancel_at, xp, image_counter, version from users) u) as users,
  (select coalesce(json_agg(c order by customer_id), '[]') from (select customer_id, user_id, observed_seq from stripe_customers) c)
    as customers,
  (select coalesce(json_agg(s), '[]') from subscriptions s) as subscriptions,
  (select coalesce(json_agg(x), '[]') from (select user_id, amount from xp_events where reason = 'first_premium') x) as grants,
  (select coalesce(json_agg(g), '[]') from (select subscription_id, user_id, status, ends_at from provisional_grants) g)
    as provisional,
  (select coalesce(json_agg(f), '[]') from (select user_id, object_id from billing_flags where kind = 'duplicate_payment') f)
    as flagged,
  (select coalesce(json_agg(n order by upload_id), '[]') from (select upload_id, user_id, day, state, counted from usage) n) as units,
  (select coalesce(json_agg(p), '[]') from (select id, user_id, purpose, kind, state, message_id, expires_at from uploads) p)
    as files,
  (select coalesce(json_agg(r), '[]') from (select reply_to, status from liveassist_messages
    where role = 'assistant' and status <> 'superseded') r) as replies,
  (select coalesce(json_agg(o order by id), '[]') from (select id, user_id, payload from outbox where id > $1) o) as outbox`;

/** Reads everything the checks need in one statement, past the scheduler. */
export async function readRows(sql: Sql, afterOutboxId: number): Promise<Rows> {
  const [row] = await sql.unsafe<[Record<keyof Rows, unknown>]>(QUERY, [afterOutboxId], { prepare: true });
  const parse = (value: unknown): Record<string, unknown>[] =>
    (typeof value === "string" ? JSON.parse(value) : value) as Record<string, unknown>[];
  const { users, customers, grants, outbox, provisional, flagged, subscriptions: rows } = row;
  const { units, files, replies } = row;
  return {
    users: parse(users).map(withDates(["subscription_expiry", "cancel_at"])) as unknown as UserRow[],
    customers: parse(customers) as unknown as Rows["customers"],
    grants: parse(grants) as unknown as Rows["grants"],
    flagged: parse(flagged) as unknown as Rows["flagged"],
    provisional: parse(provisional) as unknown as Rows["provisional"],
    units: parse(units) as unknown as Rows["units"],
    files: parse(files) as unknown as Rows["files"],
    replies: parse(replies) as unknown as Rows["replies"],
    outbox: parse(outbox) as unknown as Rows["outbox"],
    subscriptions: parse(rows).map(toSubscription),
  };
}

const withDates =
  (keys: readonly string[]) =>
  (row: Record<string, unknown>): Record<string, unknown> => ({
    ...row,
    ...Object.fromEntries(keys.map((key) => [key, row[key] === null ? null : new Date(String(row[key]))])),
  });

function toSubscription(row: Record<string, unknown>): SubscriptionRow {
  const entries = NAMES.map(({ key, name, isDate }) => {
    const value = row[name];
    return [key, isDate && value !== null ? new Date(String(value)) : value];
  });
  return Object.fromEntries(entries) as SubscriptionRow;
}
