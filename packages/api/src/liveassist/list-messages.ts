import { liveassistMessages } from "@liveassist/db/schema";
import type { listMessagesInput, messageOutput } from "@liveassist/shared/inputs/liveassist";
import { and, desc, eq, lt, ne } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { findMessage, findSession } from "./own-session.ts";
import { toMessage, toTurns } from "./turns.ts";

/**
 * A page of a session's messages, oldest first: the newest ones, or those before a message. Replies that were tried again
 * are left out. `NOT_FOUND` unless the session, and the message in it, are one's own.
 */
export async function listMessages(
  deps: Deps,
  actor: Actor,
  { sessionId, before, limit }: z.output<typeof listMessagesInput>,
): Promise<z.output<typeof messageOutput>[]> {
  const own = { sessionId, userId: actor.userId };
  await findSession(deps.db, own);
  const end = before === undefined ? null : await findMessage(deps.db, { ...own, messageId: before });
  const rows = await deps.db
    .select()
    .from(liveassistMessages)
    .where(
      and(
        eq(liveassistMessages.sessionId, sessionId),
        ne(liveassistMessages.status, "superseded"),
        end ? lt(liveassistMessages.seq, end.seq) : undefined,
      ),
    )
    .orderBy(desc(liveassistMessages.seq))
    .limit(limit);
  const turns = await toTurns(deps.db, rows.reverse());
  return turns.flatMap((turn) => {
    const message = toMessage(turn);
    return message ? [{ ...message, uploads: [...message.uploads] }] : [];
  });
}
