import { formats } from "../../../lib/format.ts";
import { deadTexts } from "../../../texts/operations-events.ts";

/** What came of replaying several; `left`: how many of the same kind are still dead. */
export const replayedWords = (queued: number, left = 0): string =>
  [deadTexts.replayed(queued, formats.number(queued)), deadTexts.left(left, formats.number(left))]
    .filter(Boolean)
    .join(" ");
