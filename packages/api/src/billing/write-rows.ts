import type { Tx } from "@liveassist/db";
import { subscriptions } from "@liveassist/db/schema";
import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { SubscriptionRow } from "./load-facts.ts";

const { createdAt: _, providerSubscriptionId: __, ...written } = getTableColumns(subscriptions);

const fromExcluded: Record<string, SQL> = Object.fromEntries(
  Object.entries(written).map(([key, column]) => [key, sql`excluded.${sql.identifier(column.name)}`]),
);

/** Writes subscription rows as they are now, new ones and known ones, in one statement. Under the user's row lock. */
export async function writeRows(tx: Tx, rows: readonly SubscriptionRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(subscriptions)
    .values([...rows])
    .onConflictDoUpdate({ target: subscriptions.providerSubscriptionId, set: fromExcluded });
}
