import { ImageOff } from "lucide-react";
import { useState } from "react";
import { communityTexts } from "../../../texts/community.ts";

/** A picture of ours; when it cannot be had, that is said in its place. */
export function Picture({ src, alt, className }: { src: string; alt: string; className: string }) {
  const [gone, setGone] = useState(false);
  if (gone) {
    return (
      <span className="grid size-full min-h-24 place-content-center justify-items-center gap-1.5 p-3 text-small text-muted">
        <ImageOff aria-hidden="true" className="size-5" />
        {communityTexts.pictures.gone}
      </span>
    );
  }
  return (
    <img
      src={src}
      alt={alt}
      loading="lazy"
      decoding="async"
      className={className}
      onError={() => setGone(true)}
    />
  );
}
