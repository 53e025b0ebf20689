import type { MessageView } from "@liveassist/api/contract";
import { useMutation } from "@tanstack/react-query";
import { failureOf } from "../../lib/failure.ts";
import { trpc } from "../../lib/trpc.ts";
import { useTellUsageChanged } from "../subscription/use-usage-news.ts";
import { useChat } from "./chat-context.ts";
import { withRetried } from "./thread.ts";
import { useChangeThread } from "./use-thread.ts";

interface ReplyAction {
  run: () => void;
  busy: boolean;
  failed: boolean;
}

interface Retry extends ReplyAction {
  /** The pictures of the message need units that the day no longer has. */
  atLimit: boolean;
}

/** Has the last reply written anew. One that failed gave its pictures' units back, and takes them again. */
export function useRetry(reply: MessageView): Retry {
  const { sessionId } = useChat();
  const { client } = trpc.useUtils();
  const change = useChangeThread(sessionId);
  const tellUsageChanged = useTellUsageChanged();
  const mutation = useMutation({
    mutationFn: () => client.liveassist.retryReply.mutate({ sessionId, replyId: reply.id }),
    onSuccess: ({ replyId }) =>
      change((thread) => withRetried(thread, reply.id, { id: replyId, createdAt: new Date().toISOString() })),
    onSettled: tellUsageChanged,
  });
  return {
    run: () => mutation.mutate(),
    busy: mutation.isPending,
    failed: mutation.isError,
    atLimit: mutation.isError && failureOf(mutation.error).code === "IMAGE_DAY_LIMIT",
  };
}

/** Stops what is being written; what is there stays. It is over when the server says so. */
export function useStop(sessionId: string, replyId: string | undefined): ReplyAction {
  const { client } = trpc.useUtils();
  const mutation = useMutation({
    mutationFn: (id: string) => client.liveassist.stopReply.mutate({ sessionId, replyId: id }),
  });
  const own = replyId !== undefined && mutation.variables === replyId;
  return {
    run: () => {
      if (replyId !== undefined && !(own && mutation.isPending)) mutation.mutate(replyId);
    },
    busy: own && (mutation.isPending || mutation.isSuccess),
    failed: own && mutation.isError,
  };
}
