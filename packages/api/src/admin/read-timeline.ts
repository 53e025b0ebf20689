import { users } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import {
  type TimelineEntry,
  type timelineInput,
  timelineKind,
  type timelineOutput,
} from "@liveassist/shared/inputs/operations";
import { mask } from "@liveassist/shared/mask";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { fromCursor, pageOf } from "./page-cursor.ts";
import { planAnew } from "./plan-anew.ts";
import { TIMELINE_SOURCES, type TimelineKind } from "./timeline-sources.ts";

interface Row extends Record<string, unknown> {
  readonly at: string;
  readonly key: string;
  readonly kind: TimelineKind;
  readonly what: string;
  readonly ids: Record<string, string | null>;
  readonly detail: Record<string, unknown>;
  readonly plan_before: string | null;
}

/**
 * The story of one user, newest first: what every table tells of them, merged by moment. Each source gives a page at most, by
 * its index, and what shares a moment has a fixed order, so that pages neither lose nor repeat anything. Masked.
 */
export async function readTimeline(
  deps: Deps,
  _actor: Actor,
  { userId, kinds, cursor, limit }: z.infer<typeof timelineInput>,
): Promise<z.infer<typeof timelineOutput>> {
  const [user] = await deps.db.select({ id: users.id }).from(users).where(eq(users.id, userId));
  if (!user) throw new AppError("NOT_FOUND", "There is no such user.");
  const after = fromCursor(cursor);
  const wanted = kinds && kinds.length > 0 ? kinds : timelineKind.options;
  const at = after?.at.toISOString() ?? "infinity";
  const pages = TIMELINE_SOURCES.filter((source) => source.kinds.some((kind) => wanted.includes(kind))).map(
    (source) => sql`(select * from (${source.rows({ userId, at, kinds: wanted, most: limit + 1 })}) source
      where (source.at, source.key collate "C") < (${at}::timestamptz, ${after?.id ?? ""})
      order by source.at desc, source.key collate "C" desc limit ${limit + 1})`,
  );
  const story = sql`
    select round(extract(epoch from page.at) * 1000)::text as at, key, kind, what, ids, detail,
      case when kind = 'change' then (select before.payload->>'subscription_status' from outbox before
        where before.user_id = ${userId} and before.id < (ids->>'version')::bigint
        order by before.id desc limit 1) end as plan_before
    from (select * from (${sql.join(pages, sql` union all `)}) merged
      order by merged.at desc, merged.key collate "C" desc limit ${limit + 1}) page
    order by page.at desc, page.key collate "C" desc`;
  const rows = await planAnew(deps.db, (tx) => tx.execute<Row>(story));
  const { page, next } = pageOf([...rows], limit, (row) => ({ at: new Date(Number(row.at)), id: row.key }));
  return { entries: page.map(toEntry), next };
}

function toEntry({ at, key, kind, what, ids, detail, plan_before }: Row): TimelineEntry {
  const known = Object.entries(ids).filter((pair): pair is [string, string] => pair[1] !== null);
  const told = Object.fromEntries(Object.entries(detail).filter(([, value]) => value !== null));
  return {
    id: key,
    at: new Date(Number(at)).toISOString(),
    kind,
    what: kind === "change" ? turn(plan_before, told["subscription_status"], what) : what,
    ids: Object.fromEntries(known),
    detail: mask(told) as Record<string, unknown>,
  };
}

/** How the plan turned, when the version before is known and says another one. */
function turn(before: string | null, after: unknown, type: string): string {
  if (typeof after !== "string") return type;
  return before === null || before === after ? after : `${before} → ${after}`;
}
