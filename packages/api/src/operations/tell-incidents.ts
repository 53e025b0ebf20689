import { incidents } from "@liveassist/db/schema";
import { eq, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { alertText } from "./alert-text.ts";
import type { Incident } from "./keep-incidents.ts";

/** Whoever tells has so long; then another server may. Longer than the port's own patience. */
const LEASE_MS = 30_000;
const FIRST_RETRY_MS = 5_000;
const MOST_RETRY_MS = 5 * 60_000;
/** What has been over for so long is not news any more. */
const OLD_MS = 24 * 60 * 60_000;
const MOST_AT_ONCE = 20;

/**
 * Tells the alert webhook what opened and what is over: claimed under a row lock, so that one server tells, and tried again
 * with growing pauses until it is taken. At least once: a server killed right after it told lets another tell again.
 */
export async function tellIncidents(deps: Deps): Promise<void> {
  if (deps.alerts === null) return;
  const wall = deps.clock.wall();
  const claimed = await deps.db
    .update(incidents)
    .set({ nextTellAt: new Date(wall + LEASE_MS), tellAttempts: sql`${incidents.tellAttempts} + 1` })
    .where(
      sql`${incidents.id} in (select id from incidents where next_tell_at <= ${new Date(wall).toISOString()}
        order by next_tell_at limit ${MOST_AT_ONCE} for update skip locked)`,
    )
    .returning();
  await Promise.all(claimed.map((incident) => tell(deps, incident)));
}

async function tell(deps: Deps, incident: Incident): Promise<void> {
  try {
    await deps.alerts?.send(alertText(incident, deps.settings.appUrl));
  } catch (error) {
    await putOff(deps, incident, error);
    deps.metrics.count("liveassist_alerts_sent_total", { outcome: "failed" });
    return;
  }
  deps.metrics.count("liveassist_alerts_sent_total", { outcome: "sent" });
  const now = new Date(deps.clock.wall());
  const toldOfEnd = incident.closedAt !== null;
  await deps.db
    .update(incidents)
    .set({
      toldOpenAt: incident.toldOpenAt ?? now,
      toldClosedAt: toldOfEnd ? now : null,
      tellAttempts: 0,
      lastTellError: null,
      // It may have ended while its beginning was being told.
      nextTellAt: toldOfEnd
        ? null
        : sql`case when ${incidents.closedAt} is null then null else ${now.toISOString()}::timestamptz end`,
    })
    .where(eq(incidents.id, incident.id));
}

async function putOff(deps: Deps, incident: Incident, error: unknown): Promise<void> {
  const { id, alert, tellAttempts, closedAt } = incident;
  const wall = deps.clock.wall();
  const pause = Math.min(MOST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(tellAttempts - 1, 10));
  const isOld = closedAt !== null && wall - closedAt.getTime() > OLD_MS;
  const lastTellError = (error instanceof Error ? error.message : String(error)).slice(0, 300);
  await deps.db
    .update(incidents)
    .set({ lastTellError, nextTellAt: isOld ? null : new Date(wall + pause) })
    .where(eq(incidents.id, id));
  deps.log.warn({ alert, incidentId: id, reason: lastTellError, isOld }, "the alert webhook was not told");
}
