import type { Db, Tx } from "@liveassist/db";
import type { liveassistMessages, MESSAGE_STATUSES } from "@liveassist/db/schema";
import { type MessageView, REPLY_FAILURES, type UploadView } from "@liveassist/shared/session-events";
import { uploadsOfMessages } from "../uploads/upload-views.ts";

export type MessageRow = typeof liveassistMessages.$inferSelect;
export type TurnStatus = (typeof MESSAGE_STATUSES)[number];

/** A stored turn with its files, at its place in the thread. */
export interface Turn extends Omit<MessageView, "status"> {
  readonly seq: number;
  readonly status: TurnStatus;
}

/** Rows as turns; only users' messages have files. */
export async function toTurns(db: Db | Tx, rows: readonly MessageRow[]): Promise<Turn[]> {
  const sent = rows.filter((row) => row.role === "user").map((row) => row.id);
  const uploads = sent.length > 0 ? await uploadsOfMessages(db, sent) : new Map<string, UploadView[]>();
  return rows.map((row) => toTurn(row, uploads.get(row.id) ?? []));
}

/** One row as a turn. */
export const toTurn = (row: MessageRow, uploads: readonly UploadView[]): Turn => ({
  seq: row.seq,
  id: row.id,
  role: row.role,
  text: row.text,
  status: row.status,
  uploads,
  created_at: row.createdAt.toISOString(),
  client_message_id: row.clientMessageId,
  failure: row.status === "failed" ? failureOf(row.failure) : null,
});

/** What a client sees of a turn; null for one that was superseded. */
export function toMessage({ seq: _seq, status, ...turn }: Turn): MessageView | null {
  return status === "superseded" ? null : { ...turn, status };
}

const failureOf = (stored: string | null) => REPLY_FAILURES.find((one) => one === stored) ?? "away";
