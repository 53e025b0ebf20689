import { billingFlags } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import type { flagOutput, resolveFlagInput } from "@liveassist/shared/inputs/admin";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { showFlag } from "./show-flag.ts";

/** Says that a person has looked at a flag; the first time counts. Throws `NOT_FOUND`. */
export async function resolveFlag(
  deps: Deps,
  actor: Actor,
  { id }: z.infer<typeof resolveFlagInput>,
): Promise<z.infer<typeof flagOutput>> {
  const now = new Date(deps.clock.now()).toISOString();
  const [row] = await deps.db
    .update(billingFlags)
    .set({ resolvedAt: sql`coalesce(${billingFlags.resolvedAt}, ${now})` })
    .where(eq(billingFlags.id, id))
    .returning();
  if (!row) throw new AppError("NOT_FOUND", "There is no such flag.");
  deps.log.info({ flagId: id, kind: row.kind, userId: actor.userId }, "a flag was resolved");
  return showFlag(row);
}
