import type { Tx } from "@liveassist/db";
import { liveassistMessages, liveassistSessions } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import type { sendMessageInput, sendMessageOutput } from "@liveassist/shared/inputs/liveassist";
import { tooLong } from "@liveassist/shared/limit-messages";
import { limitsOf, type PlanLimits } from "@liveassist/shared/plans";
import { and, asc, eq } from "drizzle-orm";
import type { z } from "zod";
import { freshenPlan, planNow } from "../billing/plan-now.ts";
import type { Actor, Deps } from "../deps.ts";
import { lockUser } from "../uploads/lock-user.ts";
import { sendUploads } from "../uploads/send-uploads.ts";
import { lockSession } from "./own-session.ts";
import { placeReply } from "./place-reply.ts";
import { titleOf } from "./title-of.ts";
import { type MessageRow, toMessage, toTurns } from "./turns.ts";

type Input = z.output<typeof sendMessageInput>;
interface Stored {
  readonly message: MessageRow;
  readonly replyId: string;
}

/**
 * Stores a message with its files and the placeholder of its reply, all or nothing, and begins the reply. The same
 * `clientMessageId` again gives the same answer. Ends in `NOT_FOUND`, `REPLY_RUNNING`, `MESSAGE_TOO_LONG`, or as sending
 * the files does (requirements R5).
 */
export async function sendMessage(
  deps: Deps,
  actor: Actor,
  input: Input,
): Promise<z.output<typeof sendMessageOutput>> {
  const { sessionId } = input;
  const { userId } = actor;
  await freshenPlan(deps, userId);
  const { isNew, ...stored } = await deps.db.transaction(async (tx) => {
    const session = await lockSession(tx, { sessionId, userId });
    const known = await findSent(tx, input);
    if (known) return { ...known, isNew: false };
    await refuseWhileRunning(tx, sessionId);
    // Before the plan is read and before the insert, whose foreign key locks the user's row a little: two that do so and
    // then want more would wait for each other.
    if (input.uploadIds?.length) await lockUser(tx, userId);
    const limits = limitsOf(await planNow(deps, tx, userId), deps.settings);
    refuseTooLong(input.text, limits);
    const message = await storeMessage(deps, tx, { userId, input, mayVideo: limits.video });
    const replyId = await placeReply(deps, tx, { sessionId, userId, replyTo: message.id });
    const title = session.title ?? titleOf(input.text);
    await tx
      .update(liveassistSessions)
      .set({ title, lastActiveAt: message.createdAt })
      .where(eq(liveassistSessions.id, sessionId));
    return { message, replyId, isNew: true };
  });
  if (isNew) {
    const { replyId, message } = stored;
    deps.log.info({ userId, liveassistSessionId: sessionId, messageId: message.id, replyId }, "message sent");
    deps.replies.begin(replyId);
    deps.bus.nudge("session", sessionId);
  }
  return answer(deps, stored);
}

/** What the same `clientMessageId` was answered before, whatever became of the reply since. */
async function findSent(tx: Tx, { sessionId, clientMessageId }: Input): Promise<Stored | null> {
  const { id, seq, replyTo } = liveassistMessages;
  const inSession = eq(liveassistMessages.sessionId, sessionId);
  const [message] = await tx
    .select()
    .from(liveassistMessages)
    .where(and(inSession, eq(liveassistMessages.clientMessageId, clientMessageId)));
  if (!message) return null;
  const [reply] = await tx
    .select({ id })
    .from(liveassistMessages)
    .where(and(inSession, eq(replyTo, message.id)))
    .orderBy(asc(seq))
    .limit(1);
  if (!reply) throw new Error("a message without a reply");
  return { message, replyId: reply.id };
}

/** One reply at a time in a session; asked under its lock. */
async function refuseWhileRunning(tx: Tx, sessionId: string): Promise<void> {
  const running = await tx
    .select({ id: liveassistMessages.id })
    .from(liveassistMessages)
    .where(and(eq(liveassistMessages.sessionId, sessionId), eq(liveassistMessages.status, "streaming")));
  if (running.length > 0) throw new AppError("REPLY_RUNNING", "The assistant is still answering.");
}

/** Counted in code points, as people count characters; an emoji of one sign is one. */
function refuseTooLong(text: string, { messageCodePoints: most }: PlanLimits): void {
  if (text.length > most && [...text].length > most) throw new AppError("MESSAGE_TOO_LONG", tooLong(most));
}

interface Sending {
  readonly userId: string;
  readonly input: Input;
  readonly mayVideo: boolean;
}

async function storeMessage(deps: Deps, tx: Tx, { userId, input, mayVideo }: Sending): Promise<MessageRow> {
  const uploadIds = input.uploadIds ?? [];
  const [message] = await tx
    .insert(liveassistMessages)
    .values({
      id: deps.random.uuid(),
      sessionId: input.sessionId,
      userId,
      role: "user",
      text: input.text,
      status: "complete",
      clientMessageId: input.clientMessageId,
      createdAt: new Date(deps.clock.now()),
    })
    .returning();
  if (!message) throw new Error("a message was not stored");
  await sendUploads(tx, { userId, uploadIds, messageId: message.id, mayVideo });
  return message;
}

async function answer(deps: Deps, { message, replyId }: Stored): Promise<z.output<typeof sendMessageOutput>> {
  const [turn] = await toTurns(deps.db, [message]);
  const shown = turn ? toMessage(turn) : null;
  if (!shown) throw new Error("a user's message is always shown");
  return { message: { ...shown, uploads: [...shown.uploads] }, replyId };
}
