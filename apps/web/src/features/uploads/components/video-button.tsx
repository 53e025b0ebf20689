import { Film } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { formats } from "../../../lib/format.ts";
import { uploadTexts as texts } from "../../../texts/uploads.ts";
import type { Attachments } from "../attachment.ts";
import { askMostVideoBytes } from "../most-video-bytes.ts";
import { ATTACH_BUTTON, FileInput } from "./file-input.tsx";

interface VideoButtonProps {
  allowed: boolean;
  accept: string;
  add: Attachments["add"];
}

/**
 * Adds a video. On Free it stays visible and reachable, does nothing, and says why on hover, focus and tap (requirements R30).
 */
export function VideoButton({ allowed, accept, add }: VideoButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const place = useRef<HTMLSpanElement>(null);
  const [told, setTold] = useState(false);
  const reason = useId();
  const says = told && !allowed;
  const most = useMostMegabytes(allowed);
  useEffect(() => {
    if (!says) return;
    const elsewhere = (event: Event) => {
      const inside = event.target instanceof Node && place.current?.contains(event.target);
      if (event instanceof KeyboardEvent ? event.key === "Escape" : !inside) setTold(false);
    };
    document.addEventListener("pointerdown", elsewhere);
    document.addEventListener("keydown", elsewhere);
    return () => {
      document.removeEventListener("pointerdown", elsewhere);
      document.removeEventListener("keydown", elsewhere);
    };
  }, [says]);
  return (
    <span
      ref={place}
      className="relative"
      onPointerEnter={() => setTold(true)}
      onPointerLeave={({ pointerType }) => pointerType === "mouse" && setTold(false)}
    >
      <button
        type="button"
        aria-label={texts.addVideo}
        title={allowed ? (most ? texts.videoUpTo(most) : texts.addVideo) : undefined}
        aria-disabled={!allowed || undefined}
        aria-describedby={allowed ? undefined : reason}
        className={ATTACH_BUTTON}
        onFocus={() => setTold(true)}
        onBlur={() => setTold(false)}
        onClick={() => {
          if (allowed) input.current?.click();
          else setTold(true);
        }}
      >
        <Film aria-hidden="true" className="size-5" strokeWidth={1.75} />
      </button>
      {allowed ? (
        <FileInput ref={input} accept={accept} add={add} />
      ) : (
        <span
          id={reason}
          role="tooltip"
          data-shown={says || undefined}
          className="pointer-events-none absolute bottom-full left-0 z-10 mb-1.5 rounded-sm bg-text px-3 py-2 text-small whitespace-nowrap text-ground opacity-0 shadow-lift transition-opacity duration-150 data-shown:opacity-100"
        >
          {texts.videoNeedsPremium}
        </span>
      )}
    </span>
  );
}

/** How large a video may be, written; null while it is not known, or nobody needs it. */
function useMostMegabytes(wanted: boolean): string | null {
  const [most, setMost] = useState<number | null>(null);
  useEffect(() => {
    if (wanted) void askMostVideoBytes().then(setMost);
  }, [wanted]);
  return most === null ? null : formats.number(Math.floor(most / 1_000_000));
}
