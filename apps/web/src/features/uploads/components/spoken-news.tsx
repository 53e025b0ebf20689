import { useEffect, useRef, useState } from "react";
import type { Attachment } from "../attachment.ts";
import { newsOf } from "../tray-news.ts";

/** Speaks what happens to the files. Stands there from the start, or a screen reader would miss the first words. */
export function SpokenNews({ items }: { items: readonly Attachment[] }) {
  const before = useRef(items);
  const [spoken, setSpoken] = useState({ calm: "", urgent: "" });
  useEffect(() => {
    const { calm, urgent } = newsOf(before.current, items);
    before.current = items;
    if (calm.length > 0) setSpoken((now) => ({ ...now, calm: calm.join(". ") }));
    if (urgent.length > 0) setSpoken((now) => ({ ...now, urgent: urgent.join(" ") }));
  }, [items]);
  return (
    <div className="sr-only">
      <p aria-live="polite">{spoken.calm}</p>
      <p aria-live="assertive">{spoken.urgent}</p>
    </div>
  );
}
