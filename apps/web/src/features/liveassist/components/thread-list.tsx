import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { liveassistTexts } from "../../../texts/liveassist.ts";
import { beginsDay, roughHeight, rowAt, rowCount, useRowKeys } from "../rows.ts";
import type { Thread } from "../thread.ts";
import { useFollowEnd } from "../use-follow-end.ts";
import { OlderMark } from "./older-mark.tsx";
import { ThreadRow } from "./thread-row.tsx";
import { ToEndButton } from "./to-end-button.tsx";

interface ThreadListProps {
  thread: Thread;
  older: "idle" | "loading" | "failed";
  loadOlder: () => void;
}

const OLDER_ROOM = 56;
const NEAR_TOP = 6;

/** The turns of a session. Only those in sight are drawn; it follows the end while the reader is there. */
export function ThreadList({ thread, older, loadOlder }: ThreadListProps) {
  const box = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const [placed, setPlaced] = useState(false);
  const keys = useRowKeys(thread);
  const latest = useRef(thread);
  latest.current = thread;
  const count = rowCount(thread);
  const list = useVirtualizer<HTMLDivElement, Element>({
    count,
    getScrollElement: () => box.current,
    getItemKey: useCallback((index: number) => keys[index] ?? index, [keys]),
    estimateSize: useCallback((index: number) => roughHeight(rowAt(latest.current, index)), []),
    overscan: 5,
    paddingStart: thread.hasOlder ? OLDER_ROOM : 24,
    paddingEnd: 16,
    anchorTo: "end",
    followOnAppend: !away,
    scrollEndThreshold: away ? -1 : 80,
    directDomUpdates: true,
    directDomUpdatesMode: "position",
    useFlushSync: false,
  });
  const newest = thread.messages.at(-1);
  const { hasNew, toEnd } = useFollowEnd({ list, box, setAway, away, newest });

  useLayoutEffect(() => {
    list.scrollToEnd();
    const frame = requestAnimationFrame(() => setPlaced(true));
    return () => cancelAnimationFrame(frame);
  }, [list]);

  // Who sends wants to see what comes of it.
  const sent = useRef(thread.outgoing.length);
  useLayoutEffect(() => {
    if (thread.outgoing.length > sent.current) toEnd();
    sent.current = thread.outgoing.length;
  }, [thread.outgoing.length, toEnd]);

  const items = list.getVirtualItems();
  const nearTop = placed && thread.hasOlder && (items[0]?.index ?? count) < NEAR_TOP;
  useEffect(() => {
    if (nearTop && older === "idle") loadOlder();
  }, [nearTop, older, loadOlder]);

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={box}
        role="log"
        aria-live="off"
        aria-label={liveassistTexts.messages}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the thread is read and scrolled by keyboard.
        tabIndex={0}
        data-testid="thread"
        className="h-full overflow-y-auto overscroll-contain outline-offset-[-2px] [overflow-anchor:none]"
      >
        <div ref={list.containerRef} className="relative mx-auto w-full max-w-[45rem]">
          {thread.hasOlder ? <OlderMark state={older} retry={loadOlder} /> : null}
          {items.map(({ key, index }) => {
            const row = rowAt(thread, index);
            return row ? (
              <div key={key} ref={list.measureElement} data-index={index} className="absolute inset-x-0 px-5">
                <ThreadRow
                  message={row.kind === "message" ? row.message : null}
                  outgoing={row.kind === "outgoing" ? row.one : null}
                  isLast={index === count - 1}
                  beginsDay={beginsDay(thread, index)}
                />
              </div>
            ) : null;
          })}
        </div>
      </div>
      {away ? <ToEndButton hasNew={hasNew} onPress={toEnd} /> : null}
    </div>
  );
}
