import { liveassistMessages } from "@liveassist/db/schema";
import { and, eq, lt } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { countReply } from "./count-reply.ts";

/** Marks replies whose process is gone, or was silent for longer than its lease, as interrupted; answers how many. */
export async function sweepReplies(deps: Deps): Promise<number> {
  const { id, sessionId, status, leaseUntil } = liveassistMessages;
  const swept = await deps.db
    .update(liveassistMessages)
    .set({ status: "interrupted", leaseUntil: null, finishedAt: new Date(deps.clock.now()) })
    .where(and(eq(status, "streaming"), lt(leaseUntil, new Date(deps.clock.wall()))))
    .returning({ replyId: id, sessionId });
  if (swept.length > 0) countReply(deps, { status: "interrupted", failure: null }, swept.length);
  for (const { replyId, sessionId: liveassistSessionId } of swept) {
    deps.log.warn({ replyId, liveassistSessionId }, "a reply without a writer was interrupted");
    deps.bus.nudge("session", liveassistSessionId);
  }
  return swept.length;
}
