import { useEffect, useRef, useState } from "react";
import { announcementOf, type Followed } from "../announcement.ts";
import type { Thread } from "../thread.ts";

/** A screen reader gets time to finish before the next words. */
const PAUSE_MS = 1500;
const KEPT = 12;

interface Line {
  id: number;
  words: string;
}

/** Speaks what happens in the thread: whole sentences of the reply that grows, and how it ended. */
export function Announcer({ thread }: { thread: Thread }) {
  const [lines, setLines] = useState<readonly Line[]>([]);
  const reply = thread.messages.findLast(({ role }) => role === "assistant");
  const latest = useRef(reply);
  latest.current = reply;
  const followed = useRef<Followed | null>(null);
  const onArrival = useRef(true);
  const count = useRef(0);

  const replyId = reply?.id;
  const isStreaming = reply?.status === "streaming";
  // biome-ignore lint/correctness/useExhaustiveDependencies: a next reply is spoken of, even if it is over at once.
  useEffect(() => {
    const speakUp = () => {
      const next = announcementOf(latest.current, followed.current, onArrival.current);
      onArrival.current = false;
      followed.current = next.followed;
      if (next.lines.length === 0) return;
      const said = next.lines.map((words) => ({ id: count.current++, words }));
      setLines((known) => [...known, ...said].slice(-KEPT));
    };
    speakUp();
    if (!isStreaming) return;
    const timer = setInterval(speakUp, PAUSE_MS);
    return () => clearInterval(timer);
  }, [isStreaming, replyId]);

  return (
    <div aria-live="polite" className="sr-only" data-testid="announcer">
      {lines.map(({ id, words }) => (
        <p key={id}>{words}</p>
      ))}
    </div>
  );
}
