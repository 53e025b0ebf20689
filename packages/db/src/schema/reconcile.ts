import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";

/** One walk of the reconciler, resumable from its phase and cursor by whichever server holds the lease (requirements R21). */
export const reconcileWalks = pgTable("reconcile_walks", {
  id: bigserial("id", { mode: "number" }).primaryKey(),
  state: text("state", { enum: ["running", "finished", "stopped"] }).notNull(),
  phase: text("phase", { enum: ["stripe", "database", "events", "repair"] }).notNull(),
  /** Where the phase goes on: Stripe's or our last id; null: at its beginning. */
  cursor: text("cursor"),
  startedAt: moment("started_at").notNull(),
  finishedAt: moment("finished_at"),
  /** Wall time; who holds it walks. */
  leaseUntil: moment("lease_until"),
  leaseOwner: text("lease_owner"),
  /** The newest event that a finished walk has backfilled up to. */
  eventsUntil: moment("events_until"),
  counts: jsonb("counts").$type<Record<string, number>>().notNull().default({}),
});

/** A difference found between Stripe and us, with its cause, and what became of it. */
export const drifts = pgTable(
  "drifts",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    walkId: bigint("walk_id", { mode: "number" })
      .notNull()
      .references(() => reconcileWalks.id),
    customerId: text("customer_id").notNull(),
    subscriptionId: text("subscription_id"),
    userId: text("user_id"),
    cause: text("cause").notNull(),
    /** Repairing it takes Premium away. */
    isDowngrade: boolean("is_downgrade").notNull().default(false),
    detail: jsonb("detail").$type<Record<string, unknown>>().notNull().default({}),
    foundAt: moment("found_at").notNull(),
    repairedAt: moment("repaired_at"),
    lastError: text("last_error"),
    createdAt: createdAt(),
  },
  (table) => [
    unique("drifts_once").on(table.walkId, table.customerId, table.cause),
    index("drifts_found").on(table.foundAt),
    index("drifts_open_newest").on(table.id).where(sql`repaired_at is null`),
    index("drifts_walk").on(table.walkId, table.id),
    index("drifts_customer").on(table.customerId, table.id),
    index("drifts_open").on(table.walkId).where(sql`repaired_at is null`),
  ],
);

/** Which of our subscriptions a walk has met in Stripe's list, so that a walker that resumes knows which are missing from it. */
export const reconcileSeen = pgTable(
  "reconcile_seen",
  {
    walkId: bigint("walk_id", { mode: "number" })
      .notNull()
      .references(() => reconcileWalks.id, { onDelete: "cascade" }),
    subscriptionId: text("subscription_id").notNull(),
  },
  (table) => [primaryKey({ columns: [table.walkId, table.subscriptionId] })],
);
