import { IMAGE_TYPES } from "@liveassist/shared/media";
import { ImagePlus } from "lucide-react";
import { useRef } from "react";
import { communityTexts } from "../../../texts/community.ts";
import { IconButton } from "./icon-button.tsx";

interface PicturePickProps {
  /** The part that uploads has buttons of its own. */
  hidden: boolean;
  onPick: (files: readonly File[]) => void;
}

/** Takes pictures before the part that uploads them has arrived; the input stays, for a choice that is still being made. */
export function PicturePick({ hidden, onPick }: PicturePickProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      {hidden ? null : (
        <IconButton
          label={communityTexts.composer.picture}
          Icon={ImagePlus}
          onPress={() => input.current?.click()}
        />
      )}
      <input
        ref={input}
        type="file"
        accept={IMAGE_TYPES.join(",")}
        multiple
        hidden
        onChange={({ currentTarget }) => {
          onPick([...(currentTarget.files ?? [])]);
          // The same file may be picked again.
          currentTarget.value = "";
        }}
      />
    </>
  );
}
