import { useEffect, useRef } from "react";
import { uploadTexts } from "../../../texts/uploads.ts";
import type { Attachments } from "../attachment.ts";
import { AttachmentTile } from "./attachment-tile.tsx";
import { SpokenNews } from "./spoken-news.tsx";

/**
 * The files above the text field: preview, progress, remove, each its own error. Takes no room while there are none, but has
 * to stand there from the start, because it also speaks.
 */
export function AttachmentTray({ attachments }: { attachments: Attachments }) {
  const list = useRef<HTMLUListElement>(null);
  const { items, remove } = attachments;
  const latest = items.at(-1)?.id;
  useEffect(() => {
    // What has just come has to be seen, also when there are more than fit.
    if (latest) list.current?.lastElementChild?.scrollIntoView({ block: "nearest" });
  }, [latest]);
  /** The focus goes to the next file's button, or to the text: the one that had it is gone. */
  const removeAndStay = (id: string) => {
    const index = items.findIndex((item) => item.id === id);
    const text = list.current?.closest("form")?.querySelector("textarea");
    remove(id);
    requestAnimationFrame(() => {
      const left = [...(list.current?.children ?? [])];
      const next = left[Math.min(index, left.length - 1)];
      (next?.querySelector<HTMLElement>("button:last-of-type") ?? text)?.focus();
    });
  };
  return (
    <>
      <SpokenNews items={items} />
      {items.length === 0 ? null : (
        <ul
          ref={list}
          aria-label={uploadTexts.files}
          className="flex max-h-[40dvh] flex-wrap gap-3 overflow-y-auto p-3 pb-0"
        >
          {items.map((item) => (
            <AttachmentTile
              key={item.id}
              item={item}
              attachments={{ ...attachments, remove: removeAndStay }}
            />
          ))}
        </ul>
      )}
    </>
  );
}
