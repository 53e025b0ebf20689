import type { UploadView } from "@liveassist/api/contract";
import { useState } from "react";
import { classNames } from "../../../lib/class-names.ts";
import { communityTexts } from "../../../texts/community.ts";
import { ratioIn } from "../picture-ratio.ts";
import { near, useOpening } from "../use-part.ts";
import { Picture } from "./picture.tsx";

const loadDialog = () => import("./picture-dialog.tsx");

const texts = communityTexts.pictures;
const MOST_SHOWN = 4;

/** The pictures of a post, small; each opens whole. */
export function PictureGrid({ pictures, by }: { pictures: readonly UploadView[]; by: string }) {
  const [at, setAt] = useState(0);
  const dialog = useOpening(loadDialog);
  const PictureDialog = dialog.opened?.PictureDialog;
  const shown = pictures.slice(0, MOST_SHOWN);
  const single = shown.length === 1;
  const hidden = pictures.length - shown.length;
  return (
    <>
      <ul className={classNames("grid gap-1.5", !single && "grid-cols-2")}>
        {shown.map((picture, index) => (
          <li key={picture.id} className={classNames(shown.length === 3 && index === 0 && "col-span-2")}>
            <button
              type="button"
              aria-label={texts.open(index + 1, pictures.length)}
              onClick={() => {
                setAt(index);
                dialog.open();
              }}
              onPointerEnter={near(loadDialog)}
              className="relative block w-full overflow-hidden rounded-md bg-sunken"
              style={{ aspectRatio: ratioIn(shown, index) }}
            >
              <Picture
                src={picture.preview_url ?? picture.url}
                alt={texts.shown(index + 1, pictures.length, by)}
                className="size-full object-cover"
              />
              {hidden > 0 && index === MOST_SHOWN - 1 ? (
                <span className="absolute inset-0 grid place-items-center bg-[oklch(0.2_0.01_165/0.6)] text-title font-semibold text-[white]">
                  {texts.moreToSee(hidden)}
                </span>
              ) : null}
            </button>
          </li>
        ))}
      </ul>
      <p role="alert" className="text-small text-danger empty:hidden">
        {dialog.failed ? communityTexts.actions.away : null}
      </p>
      {PictureDialog ? <PictureDialog pictures={pictures} start={at} by={by} onClose={dialog.close} /> : null}
    </>
  );
}
