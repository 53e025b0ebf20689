import { deadTexts } from "../../../texts/operations-events.ts";

export interface CauseWords {
  title: string;
  means: string;
  todo: string;
}

/** What a cause means and what to do about it; the server may be newer than this page. */
export function causeTexts(cause: string): CauseWords {
  const known: Record<string, CauseWords> = deadTexts.causes;
  return (Object.hasOwn(known, cause) ? known[cause] : undefined) ?? deadTexts.unknown;
}
