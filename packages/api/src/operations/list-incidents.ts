import { incidents } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import type { incidentsOutput, listIncidentsInput } from "@liveassist/shared/inputs/operations";
import { and, desc, isNull, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { fromCursor, pageOf } from "../admin/page-cursor.ts";
import type { Actor, Deps } from "../deps.ts";
import type { Incident } from "./keep-incidents.ts";

const isOpen = sql<boolean>`(${incidents.closedAt} is null)`;

/** Alerts from firing to clearing: those that fire now, then the newest. There are few: no index has their order. */
export async function listIncidents(
  deps: Deps,
  _actor: Actor,
  { open, cursor, limit }: z.infer<typeof listIncidentsInput>,
): Promise<z.infer<typeof incidentsOutput>> {
  const rows = await deps.db
    .select()
    .from(incidents)
    .where(and(open ? isNull(incidents.closedAt) : undefined, behind(cursor)))
    .orderBy(desc(isOpen), desc(incidents.id))
    .limit(limit + 1);
  const { page, next } = pageOf(rows, limit, toPosition);
  return { incidents: page.map(show), next };
}

const OPEN = "open ";

const toPosition = ({ id, openedAt, closedAt }: Incident) => ({
  at: openedAt,
  id: `${closedAt === null ? OPEN : ""}${id}`,
});

function behind(cursor: string | undefined): SQL | undefined {
  const after = fromCursor(cursor);
  if (!after) return undefined;
  const wasOpen = after.id.startsWith(OPEN);
  const id = Number(wasOpen ? after.id.slice(OPEN.length) : after.id);
  if (!Number.isSafeInteger(id)) throw new AppError("INVALID_INPUT", "cursor: is not one of ours");
  return sql`(${isOpen}, ${incidents.id}) < (${wasOpen}, ${id})`;
}

const show = (incident: Incident): z.infer<typeof incidentsOutput>["incidents"][number] => ({
  id: incident.id,
  alert: incident.alert,
  severity: incident.severity,
  value: incident.value,
  threshold: incident.threshold,
  opened_at: incident.openedAt.toISOString(),
  last_seen_at: incident.lastSeenAt.toISOString(),
  closed_at: incident.closedAt?.toISOString() ?? null,
  told_open_at: incident.toldOpenAt?.toISOString() ?? null,
  told_closed_at: incident.toldClosedAt?.toISOString() ?? null,
  last_tell_error: incident.lastTellError,
});
