import type { Db } from "@liveassist/db";
import { outbox } from "@liveassist/db/schema";
import { and, asc, eq, gt } from "drizzle-orm";
import type { OutboxRow } from "./follower.ts";

/** A user's rows after a cursor, oldest first. */
export function rowsAfter(db: Db, userId: string, cursor: number): Promise<OutboxRow[]> {
  return db
    .select({ id: outbox.id, userId: outbox.userId, type: outbox.type, payload: outbox.payload })
    .from(outbox)
    .where(and(eq(outbox.userId, userId), gt(outbox.id, cursor)))
    .orderBy(asc(outbox.id));
}

/** True when a cursor is one of the user's own rows that is still kept: everything after it can be replayed. */
export async function isKnownCursor(db: Db, userId: string, cursor: number): Promise<boolean> {
  const rows = await db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.userId, userId), eq(outbox.id, cursor)));
  return rows.length > 0;
}
