import { users } from "@liveassist/db/schema";
import type { SubscriptionUpdated } from "@liveassist/shared/events";
import { tracked } from "@trpc/server";
import { eq } from "drizzle-orm";
import { subscriptionEvent } from "../billing/append-subscription-event.ts";
import { freshenUser } from "../billing/read-user-state.ts";
import type { Actor, Deps } from "../deps.ts";
import type { OutboxRow } from "../realtime/follower.ts";
import { openStream } from "../realtime/live.ts";
import { isKnownCursor, rowsAfter } from "../realtime/replay.ts";
import { untilRead } from "../until-read.ts";
import { newestOfPages } from "./newest-of-pages.ts";

interface Following {
  /** Where the client has read to; absent: from now on. */
  readonly cursor: string | number | null | undefined;
  readonly signal: AbortSignal | undefined;
  /** For the log: which socket heard it. */
  readonly socketId: string | null;
}

/**
 * Everything that changes in the caller's subscription (requirements R18): listen, replay what came after the cursor,
 * then follow; each id once. An unknown or expired cursor gets one event with the current state.
 */
export async function* onUpdated(deps: Deps, actor: Actor, following: Following) {
  const { userId } = actor;
  const { socketId, signal } = following;
  const told = newestOfPages(deps.trail, "push");
  const page = `${userId} ${socketId ?? actor.loginId}`;
  const push = (event: SubscriptionUpdated) => {
    const { version, subscription_status: plan } = event;
    deps.log.info({ userId, version, plan, socketId, xpAwarded: event.xp_awarded }, "pushed");
    if (told.isNews(page, version)) {
      told.remember(page, version);
      deps.trail.note({ userId, kind: "push", detail: { version, plan, socketId } });
    }
    deps.metrics.count("liveassist_pushes_total");
    return tracked(String(version), event);
  };
  const { stream, missed, readTo } = await untilRead(deps, signal, () => open(deps, userId, following));
  try {
    let last = readTo;
    for (const event of missed) {
      last = event.version;
      yield push(event);
    }
    for (let row = await stream.next(); row !== null; row = await stream.next()) {
      if (row.id <= last) continue;
      last = row.id;
      yield push(toEvent(row));
    }
  } finally {
    stream.close();
  }
}

/** Begins to listen, then reads what the client has missed: in this order nothing falls between the two. */
async function open(deps: Deps, userId: string, { cursor, signal }: Following) {
  const version = await versionOf(deps, userId);
  const from = await readCursor(deps, { userId, cursor, version });
  void freshenUser(deps, userId);
  const stream = openStream(deps.tail, { userId, sent: version, signal });
  try {
    const missed = from === null ? [] : (await rowsAfter(deps.db, userId, from)).map(toEvent);
    const readTo = from ?? -1;
    if ((missed.at(-1)?.version ?? readTo) < version) missed.push(await currentState(deps, userId));
    return { stream, missed, readTo };
  } catch (error) {
    stream.close();
    throw error;
  }
}

/** Where to replay from; null: nothing after it can be told, because it was never a cursor of this user or is too old. */
async function readCursor(
  deps: Deps,
  { userId, cursor, version }: { userId: string; cursor: Following["cursor"]; version: number },
): Promise<number | null> {
  if (cursor === null || cursor === undefined || cursor === "") return version;
  const at = Number(cursor);
  if (!Number.isSafeInteger(at) || at < 0 || at > version) return null;
  if (at === 0 || at === version) return at;
  return (await isKnownCursor(deps.db, userId, at)) ? at : null;
}

/** The payload is ours, written by `settleUser`; its version is the row's id. */
const toEvent = (row: OutboxRow): SubscriptionUpdated => ({
  ...(row.payload as Omit<SubscriptionUpdated, "version">),
  version: row.id,
});

async function versionOf(deps: Deps, userId: string): Promise<number> {
  const [user] = await deps.db.select({ version: users.version }).from(users).where(eq(users.id, userId));
  return user?.version ?? 0;
}

async function currentState(deps: Deps, userId: string): Promise<SubscriptionUpdated> {
  const [user] = await deps.db.select().from(users).where(eq(users.id, userId));
  if (!user) throw new Error("the user of a live socket is gone");
  return { ...subscriptionEvent(user), version: user.version };
}
