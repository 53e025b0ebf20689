import { type Failure, failureOf } from "../../lib/failure.ts";
import { readStoredObject, writeStored } from "../../lib/stored.ts";
import type { Outgoing } from "./outgoing.ts";

const keyOf = (sessionId: string) => `liveassist.outbox.${sessionId}`;

/**
 * Keeps what was not taken by the server yet over a reload; `known` is what this tab had before. Pictures are shown from the
 * server's own addresses then.
 */
export function writeOutbox(
  sessionId: string,
  outgoing: readonly Outgoing[],
  known: readonly Outgoing[],
): void {
  const kept = [...ofOthers(readKept(sessionId), [...known, ...outgoing]), ...outgoing].map((one) => ({
    ...one,
    failure: null,
    files: one.files.map((file) => ({ ...file, previewUrl: null })),
  }));
  writeStored(keyOf(sessionId), kept.length === 0 ? null : JSON.stringify({ kept }));
}

/** What was left unsent in a session. Nobody saw whether it arrived, so it is shown as not sent until somebody presses. */
export function readOutbox(sessionId: string): Outgoing[] {
  const failure: Failure = failureOf(new Error("left"));
  return readKept(sessionId).map((one) => ({ ...one, state: "failed", failure }));
}

function readKept(sessionId: string): Outgoing[] {
  const kept: unknown = readStoredObject(keyOf(sessionId))?.kept;
  return Array.isArray(kept) ? kept.filter(isOutgoing) : [];
}

/** What other tabs have in the same session, and still have to send. */
function ofOthers(kept: readonly Outgoing[], own: readonly Outgoing[]): Outgoing[] {
  const ids = new Set(own.map(({ clientMessageId }) => clientMessageId));
  return kept.filter(({ clientMessageId }) => !ids.has(clientMessageId));
}

function isOutgoing(value: unknown): value is Outgoing {
  if (typeof value !== "object" || value === null) return false;
  const one = value as Partial<Outgoing>;
  return (
    typeof one.clientMessageId === "string" &&
    typeof one.text === "string" &&
    typeof one.createdAt === "string" &&
    Array.isArray(one.files)
  );
}
