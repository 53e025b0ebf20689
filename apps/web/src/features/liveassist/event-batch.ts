import type { SessionEvent } from "@liveassist/api/contract";

/** A live event, and the offset its tracked id names: how long its message is after it. */
export interface Heard {
  readonly event: SessionEvent;
  readonly offset: number | null;
}

export interface EventBatch {
  push(heard: Heard): void;
  /** Takes over at once what is still waiting. */
  flush(): void;
}

/** When the next picture is drawn; in a tab nobody sees none is, and a slow timer stands in. */
export function onNextFrame(run: () => void): void {
  if (document.hidden) setTimeout(run, 200);
  else requestAnimationFrame(run);
}

/**
 * Lets the deltas of one frame through together, so that a fast stream costs one rendering a frame. Whatever begins or
 * ends something goes at once, the first characters of a reply among it.
 */
export function createEventBatch(
  apply: (heard: readonly Heard[]) => void,
  schedule: (run: () => void) => void = onNextFrame,
): EventBatch {
  let waiting: Heard[] = [];
  let scheduled = false;
  const flush = () => {
    const heard = waiting;
    waiting = [];
    if (heard.length > 0) apply(heard);
  };
  const push = (heard: Heard) => {
    waiting.push(heard);
    const isMore = heard.event.type === "delta" && heard.event.offset > 0;
    if (!isMore) return flush();
    if (scheduled) return;
    scheduled = true;
    schedule(() => {
      scheduled = false;
      flush();
    });
  };
  return { push, flush };
}
