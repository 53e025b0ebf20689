import { AppError } from "@liveassist/shared/errors";
import { tracked } from "@trpc/server";
import type { Actor, Deps } from "../deps.ts";
import { untilRead } from "../until-read.ts";
import { parseCursor } from "./event-cursor.ts";
import { findMessage, findSession } from "./own-session.ts";
import { newestRow } from "./read-turns.ts";
import { type Told, tellTurns, toldAll, toldBefore } from "./tell-turns.ts";
import { toTurn } from "./turns.ts";

interface Following {
  readonly sessionId: string;
  /** `messageId:offset` of the last event seen; absent: from now on. */
  readonly cursor: string | null | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * Everything that happens in one of the caller's sessions: listen, tell what came after the cursor, then follow, each thing
 * once and in order; the end of a reply is told again to a cursor at its end. Without a cursor from now on, but a running
 * reply from its beginning; an unknown one gets the newest turn. Ends with the session. Rejects with `NOT_FOUND` unless it is
 * one's own, before it begins: what is thrown later is a bug of ours to the transport.
 */
export async function onEvent(deps: Deps, actor: Actor, following: Following) {
  const own = { sessionId: following.sessionId, userId: actor.userId };
  await untilRead(deps, following.signal, () => findSession(deps.db, own));
  return follow(deps, own, following);
}

async function* follow(
  deps: Deps,
  own: { sessionId: string; userId: string },
  { sessionId, cursor, signal }: Following,
) {
  const watch = deps.replies.watch(sessionId, signal);
  try {
    let told = await untilRead(deps, signal, () => readStart(deps, own, cursor));
    do {
      const from = told.seq;
      const turns = await untilRead(deps, signal, () => watch.since(from));
      if (turns === null) return;
      const telling = tellTurns(told, turns);
      told = telling.told;
      for (const { id, event } of telling.events) yield tracked(id, event);
    } while (await watch.changed());
  } finally {
    watch.close();
  }
}

/** What the client knows, by its cursor. */
async function readStart(
  deps: Deps,
  own: { sessionId: string; userId: string },
  cursor: Following["cursor"],
): Promise<Told> {
  const { db } = deps;
  if (cursor === null || cursor === undefined || cursor === "") {
    const newest = await newestRow(db, own.sessionId);
    if (!newest) return toldBefore(0);
    return newest.status === "streaming" ? toldBefore(newest.seq) : toldAll(toTurn(newest, []));
  }
  const at = parseCursor(cursor);
  const row = at && (await findMessage(db, { ...own, messageId: at.messageId }).catch(orNull));
  if (!at || !row) return toldBefore((await newestRow(db, own.sessionId, "user"))?.seq ?? 0);
  if (row.role === "user") return toldAll(toTurn(row, []));
  return { seq: row.seq, id: row.id, units: at.offset, status: "streaming" };
}

/** A message that is not there is no failure: the cursor is unknown. */
function orNull(error: unknown): null {
  if (error instanceof AppError && error.code === "NOT_FOUND") return null;
  throw error;
}
