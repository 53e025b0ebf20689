import { Dialog } from "@base-ui/react/dialog";
import type { UploadView } from "@liveassist/api/contract";
import { CloseCross } from "../../../components/close-cross.tsx";

/** One picture as large as the window allows. */
export function PictureDialog({ upload, onClose }: { upload: UploadView; onClose: () => void }) {
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-ground" />
        <Dialog.Popup className="fixed inset-0 z-10 grid grid-rows-[auto_minmax(0,1fr)] outline-none">
          <div className="flex items-center justify-between gap-4 px-4 pt-[max(0.5rem,env(safe-area-inset-top))]">
            <Dialog.Title className="truncate text-small font-medium">{upload.filename}</Dialog.Title>
            <CloseCross />
          </div>
          <img
            src={upload.url}
            alt={upload.filename}
            width={upload.width ?? undefined}
            height={upload.height ?? undefined}
            className="m-auto size-auto max-h-full max-w-full object-contain p-4"
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
