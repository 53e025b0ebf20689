import { readStored, writeStored } from "../../lib/stored.ts";

const keyOf = (sessionId: string) => `liveassist.draft.${sessionId}`;

/** The text that was being written in a session when it was left. */
export const readDraft = (sessionId: string): string => readStored(keyOf(sessionId)) ?? "";

export const writeDraft = (sessionId: string, text: string): void =>
  writeStored(keyOf(sessionId), text === "" ? null : text);
