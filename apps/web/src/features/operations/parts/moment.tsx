import { type PointerEvent, useContext, useState, useSyncExternalStore } from "react";
import { classNames } from "../../../lib/class-names.ts";
import { LinkedRow } from "./linked-row.ts";
import { exactTime, relativeTime } from "./time-words.ts";
import { everySecond } from "./wall-clock.ts";

/** So wide is an exact time at most. */
const EXACT_PX = 220;

/** When something was, or will be: how long ago, and exactly when on hover, focus and tap. `at` is an ISO time. */
export function Moment({ at }: { at: string }) {
  const [isOpen, setOpen] = useState(false);
  const inLinkedRow = useContext(LinkedRow);
  const [growsLeft, setGrowsLeft] = useState(inLinkedRow);
  const relative = useSyncExternalStore(everySecond, () => relativeTime(Date.parse(at) - Date.now()));
  const exact = exactTime(at);
  const place = (element: Element) =>
    setGrowsLeft(element.getBoundingClientRect().left + EXACT_PX > document.documentElement.clientWidth);
  return (
    <span
      className="group/moment relative inline-block"
      onPointerEnter={({ currentTarget }: PointerEvent) => place(currentTarget)}
    >
      <button
        type="button"
        // In a row with a link, the focus on the link shows the time: nobody has to walk through every time of a list.
        tabIndex={inLinkedRow ? -1 : 0}
        onFocus={({ currentTarget }) => place(currentTarget)}
        onClick={() => setOpen(!isOpen)}
        onBlur={() => setOpen(false)}
        className="relative z-[1] rounded-sm whitespace-nowrap tabular-nums decoration-dotted underline-offset-4 hover:underline"
      >
        <time dateTime={at}>{relative}</time>
        <span className="sr-only">, {exact}</span>
      </button>
      <span
        aria-hidden="true"
        className={classNames(
          "pointer-events-none absolute bottom-full z-[2] mb-1 rounded-sm bg-text px-2 py-1 text-small font-normal whitespace-nowrap text-ground tabular-nums",
          "group-hover/moment:block group-has-focus-visible/moment:block group-has-[a:focus-visible]/row:block",
          growsLeft ? "right-0" : "left-0",
          isOpen ? "block" : "hidden",
        )}
      >
        {exact}
      </span>
    </span>
  );
}
