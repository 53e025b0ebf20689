import type { billingFlags } from "@liveassist/db/schema";
import type { flagOutput } from "@liveassist/shared/inputs/admin";
import type { z } from "zod";

/** A flag as an operator sees it. */
export const showFlag = (row: typeof billingFlags.$inferSelect): z.infer<typeof flagOutput> => ({
  id: row.id,
  kind: row.kind,
  user_id: row.userId,
  object_id: row.objectId,
  kept_id: row.keptId,
  found_at: row.foundAt.toISOString(),
  resolved_at: row.resolvedAt?.toISOString() ?? null,
});
