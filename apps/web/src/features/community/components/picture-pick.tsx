import { IMAGE_TYPES } from "@liveassist/shared/media";
import { ImagePlus } from "lucide-react";
import { useRef } from "react";
import { communityTexts } from "../../../texts/community.ts";
import { IconButton } from "./icon-button.tsx";

/** Takes pictures before the part that uploads them has arrived. */
export function PicturePick({ onPick }: { onPick: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton
        label={communityTexts.composer.picture}
        Icon={ImagePlus}
        onPress={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        accept={IMAGE_TYPES.join(",")}
        multiple
        hidden
        onChange={({ currentTarget }) => onPick([...(currentTarget.files ?? [])])}
      />
    </>
  );
}
