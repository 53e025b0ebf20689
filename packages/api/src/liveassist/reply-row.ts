import { liveassistMessages } from "@liveassist/db/schema";
import { and, eq } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { LEASE_MS } from "./place-reply.ts";

/** A placeholder that waits to be written. */
export interface ReplyPlace {
  readonly replyId: string;
  readonly sessionId: string;
  readonly userId: string;
  readonly replyTo: string;
}

/** The row, as long as the reply is being written. */
export const stillWritten = (replyId: string) =>
  and(eq(liveassistMessages.id, replyId), eq(liveassistMessages.status, "streaming"));

/** Where a reply belongs; null: it is over, or gone. */
export async function findPlace({ db }: Deps, replyId: string): Promise<ReplyPlace | null> {
  const { sessionId, userId, replyTo } = liveassistMessages;
  const [row] = await db
    .select({ sessionId, userId, replyTo })
    .from(liveassistMessages)
    .where(stillWritten(replyId));
  return row?.replyTo ? { ...row, replyTo: row.replyTo, replyId } : null;
}

/** Stores the text so far and renews the lease. `lost`: the reply is over or gone, and nothing was written. */
export async function checkpointReply(
  { db, clock }: Deps,
  { replyId }: ReplyPlace,
  text: string,
): Promise<"lost" | "stop" | "go"> {
  const leaseUntil = new Date(clock.wall() + LEASE_MS);
  const [row] = await db
    .update(liveassistMessages)
    .set({ text, leaseUntil })
    .where(stillWritten(replyId))
    .returning({ stopRequestedAt: liveassistMessages.stopRequestedAt });
  if (!row) return "lost";
  return row.stopRequestedAt ? "stop" : "go";
}
