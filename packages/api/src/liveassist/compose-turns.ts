import type { AssistantPicture, AssistantTurn } from "../assistant-port.ts";

/** Most characters of earlier turns: what a model reads with each message is paid for again. */
const MOST_CHARACTERS = 48_000;
/** Most pictures in one request, of the newest turns. */
export const MOST_PICTURES = 16;
const MOST_NAME = 80;

/** A stored turn with what is attached to it. */
export interface StoredTurn {
  readonly role: "user" | "assistant";
  readonly text: string;
  readonly pictures: readonly AssistantPicture[];
  /** Names of videos that have no stills. */
  readonly unseen: readonly string[];
}

/**
 * What the model sees of a thread, oldest first: the newest turns within a budget, the newest pictures within another. The
 * newest turn is always whole, and the first one is a user's. Takes turns newest first.
 */
export function composeTurns(newestFirst: readonly StoredTurn[]): AssistantTurn[] {
  const turns: AssistantTurn[] = [];
  let characters = 0;
  let room = MOST_PICTURES;
  for (const turn of newestFirst) {
    characters += turn.text.length;
    if (turns.length > 0 && characters > MOST_CHARACTERS) break;
    const shown = spread(turn.pictures, room);
    room -= shown.length;
    const left = turn.pictures.filter((one) => !shown.includes(one)).map((one) => one.label);
    turns.push({
      role: turn.role,
      text: turn.text,
      pictures: shown.map((one) => ({ ...one, label: plainName(one.label) })),
      unseen: [...turn.unseen, ...left].map(plainName),
    });
  }
  while (turns.at(-1)?.role === "assistant") turns.pop();
  return turns.toReversed();
}

/** As many as there is room for, evenly over all of them, so that of many stills not only the beginning is seen. */
function spread<T>(all: readonly T[], room: number): T[] {
  if (all.length <= room) return [...all];
  return Array.from({ length: room }, (_, place) => all[Math.floor((place * all.length) / room)]).filter(
    (one) => one !== undefined,
  );
}

/** A name that cannot look like anything but a name: one line, no quotes or brackets, bounded. */
function plainName(name: string): string {
  const oneLine = name.replaceAll(/[\p{C}\p{Z}"'`[\]{}<>]+/gu, " ").trim();
  return [...oneLine].slice(0, MOST_NAME).join("") || "a file";
}
