import { z } from "zod";
import { MOST_FILES } from "../media.ts";
import { REPLY_FAILURES } from "../session-events.ts";
import { storable } from "./storable.ts";

const isoTime = z.iso.datetime();
/** In the one way ids are stored and compared. */
const id = z.uuid().toLowerCase();
/** Text that can be stored, unlike a NUL or half of a surrogate pair. How long it may be is the plan's: `MESSAGE_TOO_LONG`. */
const text = z
  .string()
  .refine((value) => value.isWellFormed() && !value.includes("\0"), "has a character that cannot be stored");

export const uploadOutput = z.object({
  id: z.string(),
  kind: z.enum(["image", "video"]),
  filename: z.string(),
  media_type: z.string(),
  bytes: z.int(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  url: z.string(),
  preview_url: z.string().nullable(),
});

export const messageOutput = z.object({
  id: z.string(),
  role: z.enum(["user", "assistant"]),
  text: z.string(),
  status: z.enum(["complete", "streaming", "stopped", "interrupted", "failed"]),
  uploads: z.array(uploadOutput),
  created_at: isoTime,
  client_message_id: z.string().nullable(),
  failure: z.enum(REPLY_FAILURES).nullable(),
});

export const sessionOutput = z.object({
  id: z.string(),
  /** Null until the first message names it. */
  title: z.string().nullable(),
  created_at: isoTime,
  last_active_at: isoTime,
  /** The words that a search found, around it; null without a search. */
  excerpt: z.string().nullable(),
});

/** `POST /api/liveassist/sessions`. */
export const createSessionInput = z.strictObject({}).optional();
export const createSessionOutput = z.object({ sessionId: z.string() });

/** `GET /api/liveassist/sessions`: last used first; `query` searches titles and texts; `before` is the last id of the page before. */
export const listSessionsInput = z
  .strictObject({
    query: z.string().trim().max(200).optional(),
    before: id.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  })
  .optional();

export const sessionTitle = z.string().trim().pipe(storable(120));
export const renameSessionInput = z.strictObject({ sessionId: id, title: sessionTitle });
export const sessionInput = z.strictObject({ sessionId: id });
export const doneOutput = z.object({ done: z.literal(true) });

/** `GET /api/liveassist/sessions/:sessionId/messages`: oldest first, the newest page by default. */
export const listMessagesInput = z.strictObject({
  sessionId: id,
  before: id.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

/** `POST /api/liveassist/sessions/:sessionId/messages`; text or a file has to be there. */
export const sendMessageInput = z
  .strictObject({
    sessionId: id,
    text,
    uploadIds: z.array(id).max(MOST_FILES).optional(),
    clientMessageId: storable(128),
  })
  .refine((input) => input.text.trim() !== "" || (input.uploadIds?.length ?? 0) > 0, {
    path: ["text"],
    message: "write something, or add a file",
  })
  .refine((input) => new Set(input.uploadIds).size === (input.uploadIds?.length ?? 0), {
    path: ["uploadIds"],
    message: "names a file twice",
  });
export const sendMessageOutput = z.object({ message: messageOutput, replyId: z.string() });

export const replyInput = z.strictObject({ sessionId: id, replyId: id });
export const stopReplyOutput = z.object({ stopped: z.boolean() });
export const retryReplyOutput = z.object({ replyId: z.string() });

/** `liveassist.onEvent`; the id of the last event seen, `messageId:offset`. */
export const onSessionEventInput = z.strictObject({
  sessionId: id,
  lastEventId: z.string().max(80).nullish(),
});

/** `liveassist.listUploads`: what the caller has begun or finished, and not sent. */
export const unsentUploadsOutput = z.array(
  z.object({ upload: uploadOutput, state: z.enum(["uploading", "ready"]), expires_at: isoTime }),
);
