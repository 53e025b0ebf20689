import { useLayoutEffect, useRef } from "react";

/** Escape anywhere on the page, unless a dialog or a field with a use of its own for it takes it first. */
export function useEscape(active: boolean, run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  // Before anybody can see what it stops.
  useLayoutEffect(() => {
    if (!active) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
      if (document.querySelector("[role=dialog], [role=alertdialog]")) return;
      latest.current();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [active]);
}
