import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo } from "react";
import { backoffMs } from "../../lib/backoff.ts";
import { failureOf } from "../../lib/failure.ts";
import { newId } from "../../lib/new-id.ts";
import { trpc } from "../../lib/trpc.ts";
import { useUser } from "../account/auth-context.tsx";
import { subscriptionKeys } from "../subscription/keys.ts";
import { liveassistKeys } from "./keys.ts";
import { isSending, type Outgoing, type OutgoingFile } from "./outgoing.ts";
import { awaitsReply, type Thread, withSent } from "./thread.ts";
import { useChangeThread } from "./use-thread.ts";

export interface Sender {
  send: (text: string, files: readonly OutgoingFile[]) => void;
  again: (one: Outgoing) => void;
  /** Takes back what was not sent; its files are free again. */
  discard: (one: Outgoing) => void;
}

/** One try for each message at a time, whatever asks for one: a press, the network coming back, a second mount. */
const underWay = new Set<string>();

/** Sends messages. One's own bubble stands at once; what fails keeps its text, and its id, so that it is one message. */
export function useSender(
  sessionId: string,
  thread: Thread,
  onSent: (files: readonly OutgoingFile[]) => void,
): Sender {
  const { id: userId } = useUser();
  const { client } = trpc.useUtils();
  const queries = useQueryClient();
  const change = useChangeThread(sessionId);

  const put = useCallback(
    (one: Outgoing) => change((thread) => ({ ...thread, outgoing: placed(thread, one) })),
    [change],
  );

  const deliver = useCallback(
    async (one: Outgoing) => {
      if (underWay.has(one.clientMessageId)) return;
      underWay.add(one.clientMessageId);
      put({ ...one, state: "sending", failure: null });
      try {
        const { text, clientMessageId } = one;
        const uploadIds = one.files.map(({ uploadId }) => uploadId);
        const answer = await client.liveassist.sendMessage.mutate({
          sessionId,
          text,
          uploadIds,
          clientMessageId,
        });
        change((thread) => withSent(thread, answer.message, answer.replyId));
        onSent(one.files);
        void queries.invalidateQueries({ queryKey: liveassistKeys.sessions(userId) });
        if (one.files.length > 0) void queries.invalidateQueries({ queryKey: subscriptionKeys.all(userId) });
      } catch (thrown) {
        const failure = failureOf(thrown);
        put({ ...one, state: failure.kind === "network" ? "waiting" : "failed", failure });
      } finally {
        underWay.delete(one.clientMessageId);
      }
    },
    [client, queries, change, put, sessionId, userId, onSent],
  );

  useHeals(thread, deliver);

  return useMemo(
    () => ({
      send: (text, files) => {
        const clientMessageId = newId();
        const createdAt = new Date().toISOString();
        void deliver({ clientMessageId, text, files, createdAt, state: "sending", failure: null });
      },
      again: (one) => void deliver(one),
      discard: (one) =>
        change((thread) => ({
          ...thread,
          outgoing: thread.outgoing.filter(({ clientMessageId }) => clientMessageId !== one.clientMessageId),
        })),
    }),
    [deliver, change],
  );
}

/** In its place, or at the end. What arrived meanwhile is not brought back. */
function placed({ outgoing, messages }: Thread, one: Outgoing): readonly Outgoing[] {
  if (messages.some(({ client_message_id }) => client_message_id === one.clientMessageId)) return outgoing;
  const index = outgoing.findIndex(({ clientMessageId }) => clientMessageId === one.clientMessageId);
  return index === -1 ? [...outgoing, one] : outgoing.with(index, one);
}

/** What waits for the network goes as soon as it is back, one after the other, each when the one before is answered. */
function useHeals(thread: Thread, deliver: (one: Outgoing) => Promise<void>): void {
  const isFree = !awaitsReply(thread) && !thread.outgoing.some(isSending);
  const waiting = isFree ? thread.outgoing.find(({ state }) => state === "waiting") : undefined;
  useEffect(() => {
    if (!waiting) return;
    const age = Date.now() - Date.parse(waiting.createdAt);
    const attempt = Math.max(0, Math.floor(Math.log2(Math.max(1, age / 1000))));
    const go = () => void deliver(waiting);
    const timer = setTimeout(go, backoffMs(attempt, 15_000));
    addEventListener("online", go);
    return () => {
      clearTimeout(timer);
      removeEventListener("online", go);
    };
  }, [waiting, deliver]);
}
