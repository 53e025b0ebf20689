import { Upload } from "lucide-react";
import { useEffect, useState } from "react";
import { uploadTexts } from "../../../texts/uploads.ts";
import type { Attachments } from "../attachment.ts";
import { filesFrom } from "../files-from.ts";

/** While something is dragged over a page, it is told several times a second: also when it was let go elsewhere, it ends. */
const SILENCE_MS = 900;

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;

/**
 * Takes files dropped anywhere on the page, and files pasted anywhere, unless a handler prevented the paste's default. Put it
 * once beside the composer; it shows only while files are dragged.
 */
export function DropArea({ attachments }: { attachments: Attachments }) {
  const { add, limit } = attachments;
  const [over, setOver] = useState(false);
  useEffect(() => {
    const stops = new AbortController();
    const { signal } = stops;
    let silence: ReturnType<typeof setTimeout> | undefined;
    const hide = () => {
      clearTimeout(silence);
      setOver(false);
    };
    // Without it the browser opens a dropped file in place of the app.
    const allow = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
      setOver(true);
      clearTimeout(silence);
      silence = setTimeout(hide, SILENCE_MS);
    };
    addEventListener("dragover", allow, { signal });
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      hide();
      add(filesFrom(event.dataTransfer));
    };
    addEventListener("drop", drop, { signal });
    const paste = (event: ClipboardEvent) => {
      const files = event.defaultPrevented ? [] : filesFrom(event.clipboardData);
      if (files.length === 0) return;
      event.preventDefault();
      add(files);
    };
    document.addEventListener("paste", paste, { signal });
    return () => {
      stops.abort();
      hide();
    };
  }, [add]);
  if (!over) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-20 grid animate-appear place-items-center bg-veil p-6">
      <p className="flex items-center gap-3 rounded-md border-2 border-dashed border-accent bg-surface px-6 py-5 font-medium shadow-lift">
        <Upload aria-hidden="true" className="size-5 text-accent" strokeWidth={1.75} />
        {limit.takesVideo ? uploadTexts.drop : uploadTexts.dropPictures}
      </p>
    </div>
  );
}
