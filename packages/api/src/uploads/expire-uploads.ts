import type { Tx } from "@liveassist/db";
import { uploads, users } from "@liveassist/db/schema";
import { and, eq, inArray, lte } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { giveUpUploads } from "./give-up-uploads.ts";

/** Users served in one sweep. */
const BATCH = 50;

/** Gives up what waited unsent for too long, user by user; answers how many files. Who is busy is served at the next sweep. */
export async function expireUploads(deps: Deps): Promise<number> {
  const isDue = and(
    inArray(uploads.state, ["uploading", "ready"]),
    lte(uploads.expiresAt, new Date(deps.clock.now())),
  );
  const due = await deps.db
    .selectDistinct({ userId: uploads.userId })
    .from(uploads)
    .where(isDue)
    .limit(BATCH);
  let expired = 0;
  for (const { userId } of due) {
    expired += await deps.db.transaction(async (tx) => {
      if (!(await lockIfFree(tx, userId))) return 0;
      const rows = await tx
        .select({ id: uploads.id })
        .from(uploads)
        .where(and(eq(uploads.userId, userId), isDue));
      const uploadIds = rows.map(({ id }) => id);
      const ended = await giveUpUploads(deps, tx, { userId, uploadIds, state: "removed", failure: null });
      return ended.length;
    });
  }
  return expired;
}

async function lockIfFree(tx: Tx, userId: string): Promise<boolean> {
  const [user] = await tx
    .select({ id: users.id })
    .from(users)
    .where(eq(users.id, userId))
    .for("no key update", { skipLocked: true });
  return user !== undefined;
}
