import { type RefObject, useCallback, useEffect, useReducer, useRef } from "react";

/** The row of this number, or the first one with its list brought into view. */
type Place = number | "top";

/**
 * Gives the focus to a row of a list once what had it is gone from the page: before, it is not there yet, or the dialog
 * that closes would take it back.
 */
export function useFocusWish(list: RefObject<HTMLElement | null>): (place: Place) => void {
  const wished = useRef<Place | null>(null);
  // What was pressed may be gone already, when the news of it came before the answer: nothing else would be drawn then.
  const [, drawAgain] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const place = wished.current;
    if (place === null || document.activeElement !== document.body) return;
    wished.current = null;
    if (place === "top") list.current?.scrollIntoView({ block: "start" });
    const rows = list.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [];
    const at = place === "top" ? 0 : Math.min(Math.max(place, 0), rows.length - 1);
    (rows[at] ?? list.current)?.focus({ preventScroll: true });
  });
  return useCallback((place: Place) => {
    wished.current = place;
    drawAgain();
  }, []);
}
