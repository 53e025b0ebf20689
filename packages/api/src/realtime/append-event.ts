import type { Tx } from "@liveassist/db";
import { outbox } from "@liveassist/db/schema";

/**
 * Writes what a user must hear into the outbox and answers its id, the user's new version. To be called under the user's
 * row lock, so that ids are in commit order per user (design I4).
 */
export async function appendEvent(
  tx: Tx,
  event: { readonly userId: string; readonly type: string; readonly payload: object },
): Promise<number> {
  const [row] = await tx.insert(outbox).values(event).returning({ id: outbox.id });
  if (!row) throw new Error("the outbox insert returned no id");
  return row.id;
}
