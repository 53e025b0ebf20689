import { type RefObject, useEffect, useRef } from "react";
import type { Standing } from "./standing.ts";

interface Handover {
  /** The element whose first button takes the focus. */
  box: RefObject<HTMLDivElement | null>;
  /** To be called when something is pressed that will take its own button away. */
  onPress: () => void;
}

/**
 * Who cancels or resumes presses a button that is gone afterwards: then the first one of the new state takes the focus,
 * which would fall to the page's start. Only for who pressed; `isBusy` while a dialog stands above.
 */
export function useFocusHandover(kind: Standing["kind"], isBusy: boolean): Handover {
  const box = useRef<HTMLDivElement>(null);
  const pressedIn = useRef<Standing["kind"] | null>(null);
  useEffect(() => {
    if (isBusy || pressedIn.current === null || pressedIn.current === kind) return;
    // In the next frame the dialog has given back the focus it can give back.
    const frame = requestAnimationFrame(() => {
      pressedIn.current = null;
      if (document.activeElement === document.body) box.current?.querySelector("button")?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [kind, isBusy]);
  return {
    box,
    onPress: () => {
      pressedIn.current = kind;
    },
  };
}
