import { anyOf } from "@liveassist/db";
import { stripeCustomers, subscriptions, users } from "@liveassist/db/schema";
import type { listUsersInput, usersOutput } from "@liveassist/shared/inputs/operations";
import { and, desc, eq, or, type SQL, sql } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { fromCursor, pageOf } from "./page-cursor.ts";
import { planAnew } from "./plan-anew.ts";
import { showPerson } from "./show-person.ts";

/** Users by the beginning of a name or e-mail in any case, or by a whole id of theirs; newest first. */
export async function listUsers(
  deps: Deps,
  _actor: Actor,
  { q, plan, cursor, limit }: z.infer<typeof listUsersInput>,
): Promise<z.infer<typeof usersOutput>> {
  const after = fromCursor(cursor);
  const text = q?.trim();
  const isWanted = text ? beginsWith(text, await usersWithId(deps, text)) : undefined;
  const { createdAt, id } = users;
  const rows = await planAnew(deps.db, (tx) =>
    tx
      .select()
      .from(users)
      .where(
        and(
          isWanted,
          plan ? eq(users.subscriptionStatus, plan) : undefined,
          after ? sql`(${createdAt}, ${id}) < (${after.at.toISOString()}, ${after.id})` : undefined,
        ),
      )
      .orderBy(desc(createdAt), desc(id))
      .limit(limit + 1),
  );
  const { page, next } = pageOf(rows, limit, (row) => ({ at: row.createdAt, id: row.id }));
  return { users: page.map(showPerson), next };
}

function beginsWith(text: string, ids: readonly string[]): SQL | undefined {
  const pattern = `${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
  return or(
    sql`lower(${users.email}) like lower(${pattern})`,
    sql`lower(${users.name}) like lower(${pattern})`,
    ids.length > 0 ? anyOf(users.id, ids) : undefined,
  );
}

/** Whose id, customer or subscription it is. */
async function usersWithId({ db }: Deps, text: string): Promise<string[]> {
  const rows = await union(
    db.select({ id: users.id }).from(users).where(eq(users.id, text)),
    db
      .select({ id: stripeCustomers.userId })
      .from(stripeCustomers)
      .where(eq(stripeCustomers.customerId, text)),
    db
      .select({ id: subscriptions.userId })
      .from(subscriptions)
      .where(eq(subscriptions.providerSubscriptionId, text)),
  );
  return rows.map(({ id }) => id);
}
