import { Dialog } from "@base-ui/react/dialog";
import type { UploadView } from "@liveassist/api/contract";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { CloseCross } from "../../../components/close-cross.tsx";
import { communityTexts } from "../../../texts/community.ts";
import { IconButton } from "./icon-button.tsx";
import { Picture } from "./picture.tsx";

const texts = communityTexts.pictures;

interface PictureDialogProps {
  pictures: readonly UploadView[];
  start: number;
  by: string;
  onClose: () => void;
}

/** A post's pictures whole, one at a time; arrow keys go through them. */
export function PictureDialog({ pictures, start, by, onClose }: PictureDialogProps) {
  const [at, setAt] = useState(start);
  const count = pictures.length;
  const picture = pictures[at];
  const step = (by: number) => setAt((now) => (now + by + count) % count);
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (count > 1 && key === "ArrowRight") step(1);
    if (count > 1 && key === "ArrowLeft") step(-1);
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-20 bg-ground/95" />
        <Dialog.Popup
          onKeyDown={onKeyDown}
          className="fixed inset-0 z-20 grid grid-rows-[auto_minmax(0,1fr)_auto] p-3 pt-[max(0.75rem,env(safe-area-inset-top))] pb-[max(0.75rem,env(safe-area-inset-bottom))] outline-none transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0"
        >
          <div className="flex items-center justify-between gap-3">
            <Dialog.Title className="px-2 text-base font-medium">
              {texts.shown(at + 1, count, by)}
            </Dialog.Title>
            <CloseCross />
          </div>
          <div className="relative min-h-0">
            {picture ? (
              <Picture
                key={picture.id}
                src={picture.url}
                alt={texts.shown(at + 1, count, by)}
                className="absolute inset-0 m-auto max-h-full max-w-full rounded-md object-contain"
              />
            ) : null}
          </div>
          {count > 1 ? (
            <div className="flex items-center justify-center gap-3">
              <IconButton label={texts.before} Icon={ChevronLeft} onPress={() => step(-1)} />
              <p aria-live="polite" className="min-w-14 text-center text-small text-muted tabular-nums">
                {texts.count(at + 1, count)}
              </p>
              <IconButton label={texts.after} Icon={ChevronRight} onPress={() => step(1)} />
            </div>
          ) : null}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
