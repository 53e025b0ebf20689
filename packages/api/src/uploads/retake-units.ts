import { anyOf, type Tx } from "@liveassist/db";
import { uploads, usage } from "@liveassist/db/schema";
import { and, eq } from "drizzle-orm";
import { planNow } from "../billing/plan-now.ts";
import type { Deps } from "../deps.ts";
import { today, writeCounter } from "./live-units.ts";
import { lockUser } from "./lock-user.ts";
import { requireUnits } from "./reserve-unit.ts";

/**
 * Takes the units of a message again, because its failed reply is tried again: as many of today's as were given back, or
 * none and `IMAGE_DAY_LIMIT`. What never counted, or was forgiven, costs nothing now either. Locks the user's row;
 * `freshenPlan` goes before the transaction.
 */
export async function retakeUnits(
  deps: Deps,
  tx: Tx,
  input: { readonly userId: string; readonly messageId: string },
): Promise<void> {
  const { userId, messageId } = input;
  await lockUser(tx, userId);
  const given = await tx
    .select({ uploadId: usage.uploadId, counted: usage.counted })
    .from(usage)
    .innerJoin(uploads, eq(uploads.id, usage.uploadId))
    .where(and(eq(uploads.messageId, messageId), eq(usage.userId, userId), eq(usage.state, "released")));
  if (given.length === 0) return;
  const plan = await planNow(deps, tx, userId);
  const wanted = given.filter(({ counted }) => counted);
  const day = today(deps);
  await requireUnits(deps, tx, { userId, plan, day, wanted: wanted.length });
  const isCounted = plan === "free";
  for (const [counted, units] of Map.groupBy(given, (unit) => unit.counted && isCounted)) {
    await tx
      .update(usage)
      .set({ state: "committed", day, counted })
      .where(
        anyOf(
          usage.uploadId,
          units.map(({ uploadId }) => uploadId),
        ),
      );
  }
  await writeCounter(deps, tx, userId);
}
