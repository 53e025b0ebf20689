import { incidents } from "@liveassist/db/schema";
import { ALERTS, type Verdict } from "@liveassist/shared/alerts";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";

export type Incident = typeof incidents.$inferSelect;

/** Opens the incident of an alert and says so in the log, unless another server was first. */
export async function openIncident(deps: Deps, { alert, value, threshold }: Verdict): Promise<void> {
  const now = new Date(deps.clock.wall());
  const { severity, indicator, summary } = ALERTS[alert];
  const [opened] = await deps.db
    .insert(incidents)
    .values({
      alert,
      severity,
      value,
      threshold,
      openedAt: now,
      lastSeenAt: now,
      nextTellAt: deps.alerts === null ? null : now,
    })
    .onConflictDoNothing()
    .returning({ id: incidents.id });
  if (!opened) return;
  deps.log.error({ alarm: alert, incidentId: opened.id, severity, indicator, value, threshold }, summary);
}

/** It still holds: how bad it is now. */
export async function seeIncident(
  deps: Deps,
  { id }: Incident,
  { value, threshold }: Verdict,
): Promise<void> {
  await deps.db
    .update(incidents)
    .set({ value, threshold, lastSeenAt: new Date(deps.clock.wall()) })
    .where(and(eq(incidents.id, id), isNull(incidents.closedAt)));
}

/** Closes an incident and says so in the log, unless another server was first. Telling that is under way is not disturbed. */
export async function closeIncident(deps: Deps, { id, alert, openedAt }: Incident): Promise<void> {
  const now = new Date(deps.clock.wall());
  const closed = await deps.db
    .update(incidents)
    .set({
      closedAt: now,
      nextTellAt: deps.alerts === null ? null : sql`coalesce(${incidents.nextTellAt}, ${now.toISOString()})`,
    })
    .where(and(eq(incidents.id, id), isNull(incidents.closedAt)))
    .returning({ id: incidents.id });
  if (closed.length === 0) return;
  const seconds = Math.round((now.getTime() - openedAt.getTime()) / 1000);
  deps.log.warn({ alert, incidentId: id, seconds }, "an alert is over");
}
