import type { MessageView } from "@liveassist/api/contract";
import { useRef } from "react";
import type { Outgoing } from "./outgoing.ts";
import type { Thread } from "./thread.ts";

/** One line of the thread's list: a stored turn, or one that is on its way. */
export type Row =
  | { readonly kind: "message"; readonly message: MessageView }
  | { readonly kind: "outgoing"; readonly one: Outgoing };

export const rowCount = ({ messages, outgoing }: Thread): number => messages.length + outgoing.length;

export function rowAt({ messages, outgoing }: Thread, index: number): Row | null {
  const message = messages[index];
  if (message) return { kind: "message", message };
  const one = outgoing[index - messages.length];
  return one ? { kind: "outgoing", one } : null;
}

/** One's own message keeps its key when the server has taken it, so that its bubble does not jump. */
function keyAt({ messages, outgoing }: Thread, index: number): string {
  const message = messages[index];
  if (message) return message.client_message_id ?? message.id;
  return outgoing[index - messages.length]?.clientMessageId ?? "";
}

/** The keys of all rows; the same array as long as no row comes or goes, however fast a reply grows. */
export function useRowKeys(thread: Thread): readonly string[] {
  const keys = useRef<readonly string[]>([]);
  const count = rowCount(thread);
  const known = keys.current;
  let same = known.length === count;
  for (let index = 0; same && index < count; index++) same = known[index] === keyAt(thread, index);
  if (!same) keys.current = Array.from({ length: count }, (_, index) => keyAt(thread, index));
  return keys.current;
}

/** About how tall a row is before it was ever drawn, in px. */
export function roughHeight(row: Row | null): number {
  if (!row) return 80;
  const { text } = row.kind === "message" ? row.message : row.one;
  const files = row.kind === "message" ? row.message.uploads.length : row.one.files.length;
  const lines = Math.ceil(text.length / 62) + (text.match(/\n/g)?.length ?? 0);
  return 76 + lines * 25 + (files > 0 ? 240 : 0);
}

const dayOf = (iso: string) => new Date(iso).toDateString();

/** Whether a day begins with this row, in the reader's own zone. */
export function beginsDay(thread: Thread, index: number): boolean {
  const message = thread.messages[index];
  if (!message) return false;
  const before = thread.messages[index - 1];
  return before ? dayOf(before.created_at) !== dayOf(message.created_at) : !thread.hasOlder;
}
