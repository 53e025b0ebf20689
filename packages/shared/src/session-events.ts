import type { MediaKind } from "./media.ts";

/** A file in a message or post, as its viewer sees it. Addresses are paths of our own. */
export interface UploadView {
  readonly id: string;
  readonly kind: MediaKind;
  readonly filename: string;
  readonly media_type: string;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly url: string;
  /** A small still; null while there is none, as for most videos. */
  readonly preview_url: string | null;
}

/** What a stored turn can be on the wire; a user's is always `complete`. */
export type MessageStatus = "complete" | "streaming" | "stopped" | "interrupted" | "failed";

/** Why a reply failed, told apart by what helps. */
export const REPLY_FAILURES = ["away", "busy", "refused", "misconfigured"] as const;
export type ReplyFailure = (typeof REPLY_FAILURES)[number];

/** One turn of a LiveAssist session (requirements, HTTP contract). */
export interface MessageView {
  readonly id: string;
  readonly role: "user" | "assistant";
  readonly text: string;
  readonly status: MessageStatus;
  readonly uploads: readonly UploadView[];
  readonly created_at: string;
  /** The client's own id of its message; null for replies. */
  readonly client_message_id: string | null;
  /** Why a reply failed; null unless `failed`. */
  readonly failure: ReplyFailure | null;
}

/**
 * What `liveassist.onEvent` sends, tracked by `messageId:offset` (UTF-16 units). A `message` stands for itself and
 * replaces what is known of it; a `delta` continues a reply at its offset; `superseded` takes a reply away.
 */
export type SessionEvent =
  | { readonly type: "message"; readonly message: MessageView }
  | { readonly type: "delta"; readonly replyId: string; readonly offset: number; readonly text: string }
  | {
      readonly type: "reply";
      readonly replyId: string;
      readonly status: Exclude<MessageStatus, "streaming"> | "superseded";
      readonly failure: ReplyFailure | null;
    };
