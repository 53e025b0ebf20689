import type { Tx } from "@liveassist/db";
import { provisionalGrants } from "@liveassist/db/schema";
import { and, eq, lte } from "drizzle-orm";
import type { Observation } from "./ask-about-customer.ts";
import type { GrantRow } from "./stored-state.ts";

/** True when Stripe was asked after the event was received that granted: the answer knows better (design I11). */
export const isAnswered = (grant: GrantRow, observed: Pick<Observation, "customerId" | "at">): boolean =>
  grant.customerId === observed.customerId && grant.receivedAt.getTime() <= observed.at;

/** Removes the grants that an observation answers. */
export async function endGrants(
  tx: Tx,
  { customerId, at }: Pick<Observation, "customerId" | "at">,
): Promise<void> {
  await tx
    .delete(provisionalGrants)
    .where(
      and(eq(provisionalGrants.customerId, customerId), lte(provisionalGrants.receivedAt, new Date(at))),
    );
}
