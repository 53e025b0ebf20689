import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";

/** One row per account. better-auth writes only the first block; everything below it is ours alone (design, law 6). */
export const users = pgTable(
  "users",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    email: text("email").notNull().unique(),
    emailVerified: boolean("email_verified").notNull().default(false),
    image: text("image"),
    createdAt: createdAt(),
    updatedAt: createdAt("updated_at"),

    role: text("role", { enum: ["user", "admin"] })
      .notNull()
      .default("user"),
    subscriptionStatus: text("subscription_status", { enum: ["free", "trial", "paid"] })
      .notNull()
      .default("free"),
    subscriptionExpiry: moment("subscription_expiry"),
    stripeStatus: text("stripe_status").notNull().default("none"),
    trialEndsAt: moment("trial_ends_at"),
    cancelAt: moment("cancel_at"),
    /** Set when Stripe first shows `trialing`; a trial is given once (requirements R2). */
    trialUsedAt: moment("trial_used_at"),
    /** What today's live usage units count; 0 again when Premium begins (requirements R11, R17). */
    imageCounter: integer("image_counter").notNull().default(0),
    xp: integer("xp").notNull().default(0),
    /** Id of the user's latest outbox row (requirements R18). */
    version: bigint("version", { mode: "number" }).notNull().default(0),
    /** When Stripe has to be asked about this user at the latest (requirements R22). */
    checkAt: moment("check_at"),
    /** The account was deleted: its personal data is gone, its bindings and money facts stay. */
    deletedAt: moment("deleted_at"),
  },
  (table) => [
    check("users_role", sql`${table.role} in ('user','admin')`),
    check("users_plan", sql`${table.subscriptionStatus} in ('free','trial','paid')`),
    index("users_check_at").on(table.checkAt),
    // Searched by their beginnings in the console.
    index("users_email_search").on(sql`lower(${table.email}) text_pattern_ops`),
    index("users_name_search").on(sql`lower(${table.name}) text_pattern_ops`),
    index("users_created").on(table.createdAt, table.id),
    index("users_plan").on(table.subscriptionStatus, table.createdAt, table.id),
    index("users_on_free").on(table.id).where(sql`subscription_status = 'free' and deleted_at is null`),
  ],
);
