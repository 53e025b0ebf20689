import type { users } from "@liveassist/db/schema";
import type { usersOutput } from "@liveassist/shared/inputs/operations";
import type { z } from "zod";

/** A user as an operator sees them. */
export const showPerson = (row: typeof users.$inferSelect): z.infer<typeof usersOutput>["users"][number] => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  subscription_status: row.subscriptionStatus,
  subscription_expiry: row.subscriptionExpiry?.toISOString() ?? null,
  stripe_status: row.stripeStatus,
  xp: row.xp,
  created_at: row.createdAt.toISOString(),
  deleted_at: row.deletedAt?.toISOString() ?? null,
});
