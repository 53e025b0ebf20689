import { DEAD_CAUSES, deadCauseOf, OTHER_CAUSE } from "@liveassist/db";
import { webhookEvents } from "@liveassist/db/schema";
import type { deadCause } from "@liveassist/shared/inputs/admin";
import { type SQL, sql } from "drizzle-orm";
import type { z } from "zod";

type DeadCause = z.infer<typeof deadCause>;

const RULES = DEAD_CAUSES.map(([like, cause]) => {
  const fixed = like.split("%").map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return { fits: new RegExp(`^${fixed.join(".*")}$`, "s"), cause };
});

/** Why an event was given up on, told by its last error. */
export const causeOf = (lastError: string | null): DeadCause =>
  RULES.find(({ fits }) => fits.test(lastError ?? ""))?.cause ?? OTHER_CAUSE;

/** The same in SQL, of a row of `webhook_events`. */
export const CAUSE: SQL<DeadCause> = deadCauseOf(webhookEvents.lastError) as SQL<DeadCause>;

/** In SQL: a dead letter of this cause. The outcome is written out, because only then the index of dead letters is used. */
export const diedOf = (cause: DeadCause): SQL =>
  sql`${webhookEvents.outcome} = 'dead' and ${CAUSE} = ${cause}`;

/** Whether a person can mend it by saying whose the event is. */
export const isAssignable = (cause: DeadCause): boolean => cause === "no_user" || cause === "contradiction";
