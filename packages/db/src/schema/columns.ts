import { timestamp } from "drizzle-orm/pg-core";

/** A moment in UTC, read as `Date`. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

/** An audit column: when the row came into being, by the database's own clock. */
export const createdAt = (name = "created_at") => moment(name).notNull().defaultNow();
