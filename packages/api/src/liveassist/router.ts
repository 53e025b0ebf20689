import {
  createSessionInput,
  createSessionOutput,
  doneOutput,
  listMessagesInput,
  listSessionsInput,
  messageOutput,
  onSessionEventInput,
  renameSessionInput,
  replyInput,
  retryReplyOutput,
  sendMessageInput,
  sendMessageOutput,
  sessionInput,
  sessionOutput,
  stopReplyOutput,
  unsentUploadsOutput,
} from "@liveassist/shared/inputs/liveassist";
import { z } from "zod";
import { limitedProcedure, router, userProcedure } from "../trpc.ts";
import { listUploads } from "../uploads/list-uploads.ts";
import { createSession } from "./create-session.ts";
import { deleteSession } from "./delete-session.ts";
import { listMessages } from "./list-messages.ts";
import { listSessions } from "./list-sessions.ts";
import { onEvent } from "./on-event.ts";
import { renameSession } from "./rename-session.ts";
import { retryReply } from "./retry-reply.ts";
import { sendMessage } from "./send-message.ts";
import { stopReply } from "./stop-reply.ts";

const SESSION = "/api/liveassist/sessions/:sessionId";

export const liveassistRouter = router({
  createSession: limitedProcedure("messages")
    .meta({ rest: { method: "POST", path: "/api/liveassist/sessions" }, summary: "Begin a session" })
    .input(createSessionInput)
    .output(createSessionOutput)
    .mutation(({ ctx }) => createSession(ctx.deps, ctx.actor)),
  listSessions: userProcedure
    .meta({
      rest: { method: "GET", path: "/api/liveassist/sessions" },
      summary: "The caller's sessions, last used first; `query` searches titles and texts",
    })
    .input(listSessionsInput)
    .output(z.array(sessionOutput))
    .query(({ ctx, input }) => listSessions(ctx.deps, ctx.actor, input ?? { limit: 50 })),
  renameSession: userProcedure
    .meta({ rest: { method: "PATCH", path: SESSION }, summary: "Give a session another title" })
    .input(renameSessionInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => renameSession(ctx.deps, ctx.actor, input)),
  deleteSession: userProcedure
    .meta({
      rest: { method: "DELETE", path: SESSION },
      summary: "Delete a session with its messages and files",
    })
    .input(sessionInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => deleteSession(ctx.deps, ctx.actor, input)),
  listMessages: userProcedure
    .meta({
      rest: { method: "GET", path: `${SESSION}/messages` },
      summary: "A page of a session's messages, oldest first; the newest page by default",
    })
    .input(listMessagesInput)
    .output(z.array(messageOutput))
    .query(({ ctx, input }) => listMessages(ctx.deps, ctx.actor, input)),
  sendMessage: limitedProcedure("messages")
    .meta({
      rest: { method: "POST", path: `${SESSION}/messages` },
      summary: "Send a message; the same `clientMessageId` again gives the same answer",
    })
    .input(sendMessageInput)
    .output(sendMessageOutput)
    .mutation(({ ctx, input }) => sendMessage(ctx.deps, ctx.actor, input)),
  stopReply: userProcedure
    .meta({
      rest: { method: "POST", path: `${SESSION}/replies/:replyId/stop` },
      summary: "Stop a reply that is being written; what is there stays",
    })
    .input(replyInput)
    .output(stopReplyOutput)
    .mutation(({ ctx, input }) => stopReply(ctx.deps, ctx.actor, input)),
  retryReply: limitedProcedure("messages")
    .meta({
      rest: { method: "POST", path: `${SESSION}/replies/:replyId/retry` },
      summary: "Have the last reply written anew, when it failed, was interrupted or stopped",
    })
    .input(replyInput)
    .output(retryReplyOutput)
    .mutation(({ ctx, input }) => retryReply(ctx.deps, ctx.actor, input)),
  listUploads: userProcedure
    .meta({ summary: "Files the caller has begun or finished, and not sent" })
    .input(z.strictObject({}).optional())
    .output(unsentUploadsOutput)
    .query(({ ctx }) => listUploads(ctx.deps, ctx.actor)),
  onEvent: userProcedure
    .input(onSessionEventInput)
    .subscription(({ ctx, input, signal }) =>
      onEvent(ctx.deps, ctx.actor, { sessionId: input.sessionId, cursor: input.lastEventId, signal }),
    ),
});
