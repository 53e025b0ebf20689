import { useEffect } from "react";
import type { Attachments } from "../../uploads/attachment.ts";
import { AttachButtons } from "../../uploads/components/attach-buttons.tsx";
import { AttachmentTray } from "../../uploads/components/attachment-tray.tsx";
import { DropArea } from "../../uploads/components/drop-area.tsx";
import { useAttachments } from "../../uploads/use-attachments.ts";

interface PictureSourceProps {
  /** What was picked before this arrived. */
  picked: readonly File[];
  onTaken: () => void;
  onChange: (attachments: Attachments) => void;
}

/** The part of the composer that knows uploads; it comes when somebody begins to write. */
export function PictureSource({ picked, onTaken, onChange }: PictureSourceProps) {
  const attachments = useAttachments({ scope: "new-post", endpoint: "community" });
  const { add } = attachments;
  useEffect(() => onChange(attachments), [attachments, onChange]);
  useEffect(() => {
    if (picked.length === 0) return;
    add(picked);
    onTaken();
  }, [picked, add, onTaken]);
  return <DropArea attachments={attachments} />;
}

export { AttachButtons as PictureButtons, AttachmentTray as PictureTray };
