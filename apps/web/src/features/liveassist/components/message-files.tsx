import type { UploadView } from "@liveassist/api/contract";
import { lazy, Suspense, useState } from "react";
import { liveassistTexts } from "../../../texts/liveassist.ts";

const PictureDialog = lazy(() =>
  import("./picture-dialog.tsx").then((part) => ({ default: part.PictureDialog })),
);

/** The files of a message in boxes of a known size, so that nothing moves when they arrive. */
export function MessageFiles({ uploads }: { uploads: readonly UploadView[] }) {
  const alone = uploads.length === 1;
  return (
    <ul className="flex max-w-full flex-wrap justify-end gap-2">
      {uploads.map((upload) => (
        <li key={upload.id} className="max-w-full">
          {upload.kind === "video" ? <Video upload={upload} /> : <Picture upload={upload} alone={alone} />}
        </li>
      ))}
    </ul>
  );
}

const TALLEST = 320;
const WIDEST = 360;

/** The box of a single picture: its own shape, within reason. */
function boxOf({ width, height }: UploadView): { width: number; aspectRatio: string } {
  const [w, h] = [width ?? 4, height ?? 3];
  const ratio = Math.min(2.5, Math.max(0.5, w / h));
  return { width: Math.round(Math.min(WIDEST, TALLEST * ratio)), aspectRatio: String(ratio) };
}

function Picture({ upload, alone }: { upload: UploadView; alone: boolean }) {
  const [open, setOpen] = useState(false);
  const [gone, setGone] = useState(false);
  if (gone) {
    return (
      <p className="rounded-md bg-sunken px-4 py-3 text-small text-muted">{liveassistTexts.files.gone}</p>
    );
  }
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className={`block max-w-full overflow-hidden rounded-md bg-sunken ${alone ? "" : "size-36"}`}
        style={alone ? boxOf(upload) : undefined}
      >
        <img
          src={upload.preview_url ?? upload.url}
          alt={liveassistTexts.files.open(upload.filename)}
          loading="lazy"
          decoding="async"
          onError={() => setGone(true)}
          className="size-full object-cover"
        />
      </button>
      {open ? (
        <Suspense>
          <PictureDialog upload={upload} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

function Video({ upload }: { upload: UploadView }) {
  return (
    // biome-ignore lint/a11y/useMediaCaption: one's own video has no captions to offer.
    <video
      controls
      playsInline
      preload="metadata"
      src={upload.url}
      poster={upload.preview_url ?? undefined}
      aria-label={liveassistTexts.files.video(upload.filename)}
      className="max-w-full rounded-md bg-sunken"
      style={upload.width && upload.height ? boxOf(upload) : { width: WIDEST, aspectRatio: "16/9" }}
    />
  );
}
