import type { Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

interface FollowEnd {
  /** The reader went up to read: nothing moves them. */
  away: boolean;
  /** Something came below while they were away. */
  hasNew: boolean;
  toEnd: () => void;
}

interface Watched {
  list: Virtualizer<HTMLDivElement, Element>;
  box: RefObject<HTMLDivElement | null>;
  setAway: (away: boolean) => void;
  away: boolean;
  /** Changes whenever something comes below. */
  newest: unknown;
}

/** As close as rounding lets one get to the end. */
const AT_END_PX = 4;

/** Tells being at the end from reading further up, by what the reader does and never by what arrives. */
export function useFollowEnd({ list, box, setAway, away, newest }: Watched): FollowEnd {
  const [hasNew, setHasNew] = useState(false);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let last = { top: element.scrollTop, height: element.scrollHeight };
    const onScroll = () => {
      const { scrollTop: top, scrollHeight: height, clientHeight } = element;
      const atEnd = height - clientHeight - top <= AT_END_PX;
      if (atEnd) {
        setAway(false);
        setHasNew(false);
      } else if (top < last.top && height >= last.height) setAway(true);
      last = { top, height };
    };
    const onWheel = ({ deltaY }: WheelEvent) => {
      if (deltaY < 0 && element.scrollTop > 0) setAway(true);
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    element.addEventListener("wheel", onWheel, { passive: true });
    return () => {
      element.removeEventListener("scroll", onScroll);
      element.removeEventListener("wheel", onWheel);
    };
  }, [box, setAway]);

  useEffect(() => {
    const element = box.current;
    if (!element || away) return;
    // A keyboard that opens, files or a longer draft below take room: what was read at the end stays in sight.
    const room = new ResizeObserver(() => list.scrollToEnd({ behavior: "auto" }));
    room.observe(element);
    return () => room.disconnect();
  }, [box, away, list]);

  const toEnd = useCallback(() => {
    setAway(false);
    setHasNew(false);
    list.scrollToEnd({ behavior: "auto" });
  }, [list, setAway]);

  const seen = useRef(newest);
  useLayoutEffect(() => {
    if (seen.current === newest) return;
    seen.current = newest;
    if (away) setHasNew(true);
  }, [newest, away]);

  return { away, hasNew, toEnd };
}
