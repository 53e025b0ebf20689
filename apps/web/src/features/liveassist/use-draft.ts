import { useCallback, useRef, useState } from "react";
import { readDraft, writeDraft } from "./draft.ts";

/** The text being written in a session; it survives leaving, a reload and the checkout. */
export function useDraft(sessionId: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => readDraft(sessionId));
  const latest = useRef(text);
  const write = useCallback(
    (next: string) => {
      setText(next);
      writeDraft(sessionId, next, latest.current);
      latest.current = next;
    },
    [sessionId],
  );
  return [text, write];
}
