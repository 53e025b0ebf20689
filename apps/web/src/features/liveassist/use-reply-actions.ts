import type { MessageView } from "@liveassist/api/contract";
import { useMutation } from "@tanstack/react-query";
import { trpc } from "../../lib/trpc.ts";
import { useChat } from "./chat-context.ts";
import { withRetried } from "./thread.ts";
import { useChangeThread } from "./use-thread.ts";

interface ReplyAction {
  run: () => void;
  busy: boolean;
  failed: boolean;
}

/** Has the last reply written anew. */
export function useRetry(reply: MessageView): ReplyAction {
  const { sessionId } = useChat();
  const { client } = trpc.useUtils();
  const change = useChangeThread(sessionId);
  const mutation = useMutation({
    mutationFn: () => client.liveassist.retryReply.mutate({ sessionId, replyId: reply.id }),
    onSuccess: ({ replyId }) =>
      change((thread) => withRetried(thread, reply.id, { id: replyId, createdAt: new Date().toISOString() })),
  });
  return { run: () => mutation.mutate(), busy: mutation.isPending, failed: mutation.isError };
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
