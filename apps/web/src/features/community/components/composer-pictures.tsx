import { useEffect, useState } from "react";
import type { Attachments } from "../../uploads/attachment.ts";
import { AttachButtons } from "../../uploads/components/attach-buttons.tsx";
import { AttachmentTray } from "../../uploads/components/attachment-tray.tsx";
import { DropArea } from "../../uploads/components/drop-area.tsx";
import { useAttachments } from "../../uploads/use-attachments.ts";

interface PictureSourceProps {
  /** Rises whenever something was picked before this arrived; `takePicked` hands it over once. */
  pickedAt: number;
  takePicked: () => readonly File[];
  /** `takenAt`: up to which pick these pictures hold what was picked. */
  onChange: (pictures: Attachments, takenAt: number) => void;
}

/** The part of the composer that knows uploads; it comes when somebody begins to write. */
export function PictureSource({ pickedAt, takePicked, onChange }: PictureSourceProps) {
  const attachments = useAttachments({ scope: "new-post", endpoint: "community" });
  const [takenAt, setTakenAt] = useState(0);
  const { add } = attachments;
  useEffect(() => onChange(attachments, takenAt), [attachments, takenAt, onChange]);
  useEffect(() => {
    const files = takePicked();
    if (files.length > 0) add(files);
    setTakenAt(pickedAt);
  }, [pickedAt, takePicked, add]);
  return <DropArea attachments={attachments} />;
}

export { AttachButtons as PictureButtons, AttachmentTray as PictureTray };
