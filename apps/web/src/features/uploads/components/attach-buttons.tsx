import { IMAGE_TYPES, VIDEO_TYPES } from "@liveassist/shared/media";
import { Camera, ImagePlus, type LucideIcon } from "lucide-react";
import { useRef } from "react";
import { uploadTexts as texts } from "../../../texts/uploads.ts";
import type { Attachments } from "../attachment.ts";
import { ATTACH_BUTTON, FileInput } from "./file-input.tsx";
import { VideoButton } from "./video-button.tsx";

/** Exact types: an iPhone then hands over its HEIC pictures as JPEG. */
const PICTURES = IMAGE_TYPES.join(",");

/** Picture, video (LiveAssist only) and, on touch devices, camera. Stand in a row with the send button. */
export function AttachButtons({ attachments }: { attachments: Attachments }) {
  const { add, limit } = attachments;
  return (
    <div className="flex items-center">
      <PickButton label={texts.addPicture} Icon={ImagePlus} accept={PICTURES} add={add} />
      {limit.takesVideo ? (
        <VideoButton allowed={limit.videoAllowed} accept={VIDEO_TYPES.join(",")} add={add} />
      ) : null}
      <span className="hidden pointer-coarse:block">
        <PickButton label={texts.takePicture} Icon={Camera} accept={PICTURES} add={add} camera />
      </span>
    </div>
  );
}

interface PickButtonProps {
  label: string;
  Icon: LucideIcon;
  accept: string;
  add: (files: readonly File[]) => void;
  camera?: boolean;
}

function PickButton({ label, Icon, accept, add, camera = false }: PickButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        aria-label={label}
        title={label}
        className={ATTACH_BUTTON}
        onClick={() => input.current?.click()}
      >
        <Icon aria-hidden="true" className="size-5" strokeWidth={1.75} />
      </button>
      <FileInput ref={input} accept={accept} add={add} camera={camera} />
    </>
  );
}
