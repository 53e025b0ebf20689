import type { MessageView, SessionEvent } from "@liveassist/api/contract";
import type { Outgoing } from "./outgoing.ts";

/** One session as it is known here: the stored turns from some point on, oldest first, and what is not stored yet. */
export interface Thread {
  readonly messages: readonly MessageView[];
  /** There is more above. */
  readonly hasOlder: boolean;
  readonly outgoing: readonly Outgoing[];
}

/** Messages asked for at once. */
export const PAGE = 100;

export const EMPTY_THREAD: Thread = { messages: [], hasOlder: false, outgoing: [] };

/** Of two states of one message the later one: finished beats being written, and longer beats shorter. */
function laterOf(known: MessageView | undefined, next: MessageView): MessageView {
  if (!known || known.status === next.status) {
    return known?.status === "streaming" && known.text.length > next.text.length ? known : next;
  }
  return next.status === "streaming" ? known : next;
}

const withoutArrived = (outgoing: readonly Outgoing[], messages: readonly MessageView[]) => {
  if (outgoing.length === 0) return outgoing;
  const arrived = new Set(messages.map((message) => message.client_message_id));
  return outgoing.filter(({ clientMessageId }) => !arrived.has(clientMessageId));
};

/**
 * Takes over the newest page. Older pages stay where they join it; what came live while it was asked for stays behind
 * it. A page that no longer joins what is known replaces it.
 */
export function withNewestPage(thread: Thread, page: readonly MessageView[]): Thread {
  const known = new Map(thread.messages.map((message) => [message.id, message]));
  const fresh = page.map((message) => laterOf(known.get(message.id), message));
  const outgoing = withoutArrived(thread.outgoing, fresh);
  const indexOf = (message: MessageView | undefined) =>
    message && known.has(message.id) ? thread.messages.findIndex(({ id }) => id === message.id) : -1;
  const last = indexOf(page.at(-1));
  const inPage = new Set(page.map(({ id }) => id));
  const behind = last === -1 ? [] : thread.messages.slice(last + 1).filter(({ id }) => !inPage.has(id));
  const whole = page.length < PAGE;
  const first = whole ? -1 : indexOf(page[0]);
  const above = first === -1 ? [] : thread.messages.slice(0, first);
  const hasOlder = first === -1 ? !whole : thread.hasOlder;
  return { messages: [...above, ...fresh, ...behind], hasOlder, outgoing };
}

/** Puts an older page above; one that was asked for twice is taken once. */
export function withOlderPage(thread: Thread, page: readonly MessageView[]): Thread {
  const known = new Set(thread.messages.map(({ id }) => id));
  const above = page.filter(({ id }) => !known.has(id));
  return { ...thread, messages: [...above, ...thread.messages], hasOlder: page.length === PAGE };
}

/** The last event that this state contains, as the server tracks it: `messageId:offset` in UTF-16 units. */
export function cursorOf({ messages }: Thread): string | null {
  const last = messages.at(-1);
  return last ? `${last.id}:${last.text.length}` : null;
}

/** The reply that is being written, if there is one. */
export const runningReply = ({ messages }: Thread): MessageView | undefined =>
  messages.findLast(({ role, status }) => role === "assistant" && status === "streaming");

/** A reply is on its way. One's own turn stands last only until its reply is heard of: both are stored together. */
export const awaitsReply = (thread: Thread): boolean =>
  runningReply(thread) !== undefined || thread.messages.at(-1)?.role === "user";

/** `gap`: something before this was missed, and the thread has to be asked for again. */
interface Applied {
  readonly thread: Thread;
  readonly gap: boolean;
}

/** Takes over one live event. What is known already changes nothing. */
export function withEvent(thread: Thread, event: SessionEvent, offset: number | null): Applied {
  switch (event.type) {
    case "message":
      return { thread: withMessage(thread, event.message), gap: false };
    case "delta":
      return withDelta(thread, event);
    case "reply":
      return withEnd(thread, event, offset);
  }
}

export function withMessage(thread: Thread, message: MessageView): Thread {
  const index = thread.messages.findLastIndex(({ id }) => id === message.id);
  const outgoing = withoutArrived(thread.outgoing, [message]);
  if (index === -1) return { ...thread, messages: [...thread.messages, message], outgoing };
  const next = laterOf(thread.messages[index], message);
  return { ...thread, messages: thread.messages.with(index, next), outgoing };
}

function withDelta(thread: Thread, delta: Extract<SessionEvent, { type: "delta" }>): Applied {
  const index = thread.messages.findLastIndex(({ id }) => id === delta.replyId);
  const reply = thread.messages[index];
  if (!reply) return { thread, gap: true };
  const known = reply.text.length;
  if (reply.status !== "streaming" || delta.offset + delta.text.length <= known)
    return { thread, gap: false };
  if (delta.offset > known) return { thread, gap: true };
  const text = reply.text + delta.text.slice(known - delta.offset);
  return { thread: { ...thread, messages: thread.messages.with(index, { ...reply, text }) }, gap: false };
}

function withEnd(
  thread: Thread,
  end: Extract<SessionEvent, { type: "reply" }>,
  offset: number | null,
): Applied {
  const index = thread.messages.findLastIndex(({ id }) => id === end.replyId);
  const reply = thread.messages[index];
  if (end.status === "superseded") {
    return {
      thread: reply ? { ...thread, messages: thread.messages.toSpliced(index, 1) } : thread,
      gap: false,
    };
  }
  if (!reply) return { thread, gap: true };
  const gap = offset !== null && offset !== reply.text.length;
  if (reply.status !== "streaming") return { thread, gap };
  const next = { ...reply, status: end.status, failure: end.failure };
  return { thread: { ...thread, messages: thread.messages.with(index, next) }, gap };
}

/** What the server answered to a message that was sent: it is stored, and its reply has begun. */
export function withSent(thread: Thread, message: MessageView, replyId: string): Thread {
  const isNews = !thread.messages.some(({ id }) => id === message.id);
  const reply = thread.messages.findIndex(({ id }) => id === replyId);
  // Who began to listen between the two heard of the reply alone: the question goes before it.
  if (isNews && reply !== -1) {
    const outgoing = withoutArrived(thread.outgoing, [message]);
    return { ...thread, messages: thread.messages.toSpliced(reply, 0, message), outgoing };
  }
  const sent = withMessage(thread, message);
  return isNews && !sent.messages.some(({ id }) => id === replyId)
    ? withMessage(sent, emptyReply(replyId, message.created_at))
    : sent;
}

/** A reply of which nothing is known yet but that it is being written. */
export const emptyReply = (id: string, createdAt: string): MessageView => ({
  id,
  role: "assistant",
  text: "",
  status: "streaming",
  uploads: [],
  created_at: createdAt,
  client_message_id: null,
  failure: null,
});

/** A reply that is tried again gives way to its next one. */
export function withRetried(thread: Thread, oldId: string, next: { id: string; createdAt: string }): Thread {
  const messages = thread.messages.filter(({ id }) => id !== oldId);
  const isKnown = messages.some(({ id }) => id === next.id);
  const left = { ...thread, messages };
  return isKnown ? left : withMessage(left, emptyReply(next.id, next.createdAt));
}
