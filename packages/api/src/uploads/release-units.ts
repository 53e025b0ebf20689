import type { Tx } from "@liveassist/db";
import { uploads } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { lockUserRow } from "./lock-user.ts";
import { releaseUnit } from "./release-unit.ts";

/** Gives the units of a message back, once: its reply failed, which costs nobody anything. Locks the user's row. */
export async function releaseUnits(deps: Deps, tx: Tx, messageId: string): Promise<void> {
  const rows = await tx
    .select({ id: uploads.id, userId: uploads.userId })
    .from(uploads)
    .where(eq(uploads.messageId, messageId));
  const userId = rows[0]?.userId;
  if (userId === undefined) return;
  await lockUserRow(tx, userId);
  await releaseUnit(deps, tx, { userId, uploadIds: rows.map(({ id }) => id) });
}
