import { readStored, writeStored } from "../../lib/stored.ts";

const keyOf = (sessionId: string) => `liveassist.draft.${sessionId}`;

/** The text that was being written in a session when it was left. */
export const readDraft = (sessionId: string): string => readStored(keyOf(sessionId)) ?? "";

/**
 * Keeps it. An emptied one is forgotten, unless another tab has written its own meanwhile; `was` is what this one had.
 */
export function writeDraft(sessionId: string, text: string, was = ""): void {
  if (text !== "") writeStored(keyOf(sessionId), text);
  else if (readDraft(sessionId) === was) writeStored(keyOf(sessionId), null);
}
