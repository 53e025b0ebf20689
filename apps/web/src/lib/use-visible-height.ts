import { useEffect } from "react";

/** Less of the window than this, and a keyboard has come up. */
const KEYBOARD_SHARE = 0.8;

/**
 * Tells the page how much of it a phone's keyboard leaves (`--visible-height`), for what has to stay above it. Where
 * the browser already shrinks the page this says the same.
 */
export function useVisibleHeight(): void {
  useEffect(() => {
    const view = window.visualViewport;
    const root = document.documentElement;
    if (!view || !matchMedia("(pointer: coarse)").matches) return;
    const tallest = { height: 0, width: 0 };
    const follow = () => {
      if (view.scale !== 1) return;
      if (view.width !== tallest.width) Object.assign(tallest, { height: 0, width: view.width });
      tallest.height = Math.max(tallest.height, view.height);
      const isTyping = view.height < tallest.height * KEYBOARD_SHARE;
      root.style.setProperty("--visible-height", `${view.height}px`);
      root.toggleAttribute("data-keyboard", isTyping);
      if (isTyping) scrollTo(0, 0);
    };
    follow();
    view.addEventListener("resize", follow);
    return () => {
      view.removeEventListener("resize", follow);
      root.style.removeProperty("--visible-height");
      root.removeAttribute("data-keyboard");
    };
  }, []);
}
