import type { UploadView } from "@liveassist/api/contract";
import { lazy, Suspense, useState } from "react";
import { classNames } from "../../../lib/class-names.ts";
import { communityTexts } from "../../../texts/community.ts";
import { ratioIn } from "../picture-ratio.ts";
import { Picture } from "./picture.tsx";

const loadDialog = () => import("./picture-dialog.tsx").then((part) => ({ default: part.PictureDialog }));
const PictureDialog = lazy(loadDialog);

const texts = communityTexts.pictures;
const MOST_SHOWN = 4;

/** The pictures of a post, small; each opens whole. */
export function PictureGrid({ pictures, by }: { pictures: readonly UploadView[]; by: string }) {
  const [open, setOpen] = useState<number | null>(null);
  const shown = pictures.slice(0, MOST_SHOWN);
  const single = shown.length === 1;
  const hidden = pictures.length - shown.length;
  return (
    <>
      <ul className={classNames("grid gap-1.5", !single && "grid-cols-2")}>
        {shown.map((picture, at) => (
          <li key={picture.id} className={classNames(shown.length === 3 && at === 0 && "col-span-2")}>
            <button
              type="button"
              aria-label={texts.open(at + 1, pictures.length)}
              onClick={() => setOpen(at)}
              onPointerEnter={() => void loadDialog()}
              className="relative block w-full overflow-hidden rounded-md bg-sunken"
              style={{ aspectRatio: ratioIn(shown, at) }}
            >
              <Picture
                src={picture.preview_url ?? picture.url}
                alt={texts.shown(at + 1, pictures.length, by)}
                className="size-full object-cover"
              />
              {hidden > 0 && at === MOST_SHOWN - 1 ? (
                <span className="absolute inset-0 grid place-items-center bg-[oklch(0.2_0.01_165/0.6)] text-title font-semibold text-[white]">
                  {texts.moreToSee(hidden)}
                </span>
              ) : null}
            </button>
          </li>
        ))}
      </ul>
      <Suspense>
        {open === null ? null : (
          <PictureDialog pictures={pictures} start={open} by={by} onClose={() => setOpen(null)} />
        )}
      </Suspense>
    </>
  );
}
