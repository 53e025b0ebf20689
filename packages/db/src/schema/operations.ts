import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

/** What administrators and commands did (issue 5): written before it is done, its outcome afterwards. */
export const adminActions = pgTable(
  "admin_actions",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    /** Wall time. */
    at: moment("at").notNull(),
    /** Null: a command of the operator, with no login. */
    actorId: text("actor_id"),
    /** The procedure, e.g. `admin.replayEvent`, or the command, e.g. `npm run replay`. */
    action: text("action").notNull(),
    /** The user it was about, where one is named. */
    userId: text("user_id"),
    /** What was asked for, masked. */
    input: jsonb("input").notNull(),
    /** Null: it did not come to an end; `done`, or the code of the error. */
    outcome: text("outcome"),
  },
  (table) => [
    index("admin_actions_user").on(table.userId, table.id),
    index("admin_actions_actor").on(table.actorId, table.id),
  ],
);

/**
 * What happened to a user besides what their rows say: syncs, pushes with socket ids, what their pages confirmed. Written
 * beside the work in small batches, so a killed process may lose the last of it; nothing decides by it.
 */
export const trail = pgTable(
  "trail",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    userId: text("user_id").notNull(),
    kind: text("kind", { enum: ["sync", "push", "ack"] }).notNull(),
    /** Wall time. */
    at: moment("at").notNull(),
    detail: jsonb("detail").$type<Record<string, unknown>>().notNull(),
  },
  (table) => [index("trail_user").on(table.userId, table.at, table.id), index("trail_at").on(table.at)],
);

/** The first time a subscription gave Premium: what the time from payment to access is measured by (requirements R33). */
export const activations = pgTable(
  "activations",
  {
    subscriptionId: text("subscription_id").primaryKey(),
    userId: text("user_id").notNull(),
    plan: text("plan", { enum: ["trial", "paid"] }).notNull(),
    /** When Stripe says it was paid or its trial began; whole seconds of Stripe's clock. */
    paidAt: moment("paid_at").notNull(),
    /** Domain time, to be compared with `paid_at`. */
    activatedAt: moment("activated_at").notNull(),
    /** Wall time of the first event about it; null: none had come. */
    receivedAt: moment("received_at"),
    /** Wall time, to be compared with `received_at`. */
    committedAt: moment("committed_at").notNull(),
  },
  (table) => [
    index("activations_committed").on(table.committedAt),
    index("activations_user").on(table.userId),
  ],
);

/** What was counted in each minute of wall time, over all servers: what charts and rates are read from. */
export const minuteCounts = pgTable(
  "minute_counts",
  {
    minute: moment("minute").notNull(),
    name: text("name").notNull(),
    label: text("label").notNull(),
    n: bigint("n", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.minute, table.name, table.label] })],
);

/** Servers as they said they are, every few seconds; one that has not been seen for a minute is gone. Wall time. */
export const servers = pgTable("servers", {
  serverId: text("server_id").primaryKey(),
  startedAt: moment("started_at").notNull(),
  seenAt: moment("seen_at").notNull(),
  sockets: integer("sockets").notNull(),
  tailLagMs: integer("tail_lag_ms").notNull(),
  /** When Stripe last answered, and last did not. */
  stripeOkAt: moment("stripe_ok_at"),
  stripeFailedAt: moment("stripe_failed_at"),
  /** The first of the failures since it last answered; null: it answers. */
  stripeFailingSince: moment("stripe_failing_since"),
});

/** How each job of each server is doing. Wall time. */
export const jobStates = pgTable(
  "job_states",
  {
    job: text("job").notNull(),
    serverId: text("server_id").notNull(),
    everyMs: integer("every_ms").notNull(),
    /** When the turn that is under way began; null: it rests. */
    runningSince: moment("running_since"),
    lastSuccessAt: moment("last_success_at"),
    lastFailureAt: moment("last_failure_at"),
    lastError: text("last_error"),
    seenAt: moment("seen_at").notNull(),
    /** An operator wants it to leave its turn and begin anew. */
    restartAskedAt: moment("restart_asked_at"),
  },
  (table) => [primaryKey({ columns: [table.job, table.serverId] })],
);

/** An alert from when it fired to when it cleared; one open one per key, whichever server saw it. Wall time. */
export const incidents = pgTable(
  "incidents",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    alert: text("alert").notNull(),
    severity: text("severity", { enum: ["page", "ticket"] }).notNull(),
    value: doublePrecision("value").notNull(),
    threshold: doublePrecision("threshold").notNull(),
    openedAt: moment("opened_at").notNull(),
    lastSeenAt: moment("last_seen_at").notNull(),
    closedAt: moment("closed_at"),
    /** When the outgoing webhook heard of its opening and of its end. */
    toldOpenAt: moment("told_open_at"),
    toldClosedAt: moment("told_closed_at"),
    tellAttempts: integer("tell_attempts").notNull().default(0),
    /** Null: there is nothing to tell. */
    nextTellAt: moment("next_tell_at"),
    lastTellError: text("last_tell_error"),
  },
  (table) => [
    uniqueIndex("incidents_one_open").on(table.alert).where(sql`closed_at is null`),
    index("incidents_to_tell").on(table.nextTellAt).where(sql`next_tell_at is not null`),
  ],
);
