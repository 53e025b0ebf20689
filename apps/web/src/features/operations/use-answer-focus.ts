import { type RefObject, useEffect, useRef } from "react";

/**
 * Where an answer stands takes the focus when there is a new one, because what was pressed may be gone: once the words are
 * there, and after a dialog that closes has given the focus back.
 */
export function useAnswerFocus(answer: unknown): RefObject<HTMLParagraphElement | null> {
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (!answer) return;
    const frame = requestAnimationFrame(() => place.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, [answer]);
  return place;
}
