import {
  activations,
  adminActions,
  authAccounts,
  authSessions,
  billingFlags,
  checkoutAttempts,
  communityPosts,
  communityReports,
  drifts,
  liveassistMessages,
  liveassistSessions,
  mails,
  outbox,
  provisionalGrants,
  stripeCustomers,
  subscriptions,
  trail,
  uploads,
  usage,
  users,
  webhookEvents,
  withdrawals,
  xpEvents,
} from "@liveassist/db/schema";
import { eq, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { SQL } from "drizzle-orm/sql";

/** A table of which a user gets their own rows. */
export interface ExportedTable {
  readonly table: PgTable;
  readonly where: (userId: string) => SQL | undefined;
  /** Columns by their name in the database: secrets, what concerns others, and what only our machinery knows. */
  readonly without: readonly string[];
}

const of = (table: PgTable, owner: PgColumn, without: readonly string[] = []): ExportedTable => ({
  table,
  where: (userId) => eq(owner, userId),
  without,
});

/** By the customers bound to them, as the indexes have it. */
const ofCustomers = (table: PgTable, customer: PgColumn, without: readonly string[] = []): ExportedTable => ({
  table,
  where: (userId) =>
    sql`${customer} = any(array(select c.customer_id from stripe_customers c where c.user_id = ${userId}))`,
  without,
});

/** Everything kept about a user, by the name it has in the export. */
export const EXPORTED: Readonly<Record<string, ExportedTable>> = {
  account: of(users, users.id),
  sign_in_methods: of(authAccounts, authAccounts.userId, [
    ...["password", "access_token", "refresh_token", "id_token"],
  ]),
  logins: of(authSessions, authSessions.userId, ["token"]),
  customers: of(stripeCustomers, stripeCustomers.userId),
  subscriptions: of(subscriptions, subscriptions.userId),
  activations: of(activations, activations.userId),
  checkouts: of(checkoutAttempts, checkoutAttempts.userId),
  provisional_grants: of(provisionalGrants, provisionalGrants.userId),
  flags: of(billingFlags, billingFlags.userId),
  differences: ofCustomers(drifts, drifts.customerId),
  withdrawals: of(withdrawals, withdrawals.userId),
  xp: of(xpEvents, xpEvents.userId),
  usage: of(usage, usage.userId),
  sessions: of(liveassistSessions, liveassistSessions.userId),
  messages: of(liveassistMessages, liveassistMessages.userId, ["lease_until"]),
  uploads: of(uploads, uploads.userId, ["storage_key", "preview_key"]),
  posts: of(communityPosts, communityPosts.userId),
  reports: of(communityReports, communityReports.reporterId),
  mails: of(mails, mails.userId),
  // The payloads are Stripe's words about the same facts, and hold ids of its own.
  events: ofCustomers(webhookEvents, webhookEvents.customerId, [
    ...["payload", "lease_until", "last_error", "errors"],
  ]),
  changes: of(outbox, outbox.userId),
  timeline: of(trail, trail.userId),
  // Who did it is not the user's to know; what was done is.
  support: of(adminActions, adminActions.userId, ["actor_id"]),
};

/** Tables with a user's id that are not given out, and why. */
export const NOT_EXPORTED: Readonly<Record<string, string>> = {
  checkout_return_tokens: "hashes of one-time tokens, gone within a day",
};
