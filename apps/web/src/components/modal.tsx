import { Dialog } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import { CloseCross } from "./close-cross.tsx";

interface ModalProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
}

/** A dialog that traps focus and gives it back; a sheet from below on a phone, a centred box elsewhere. */
export function Modal({ open, onClose, title, description, children }: ModalProps) {
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop
          forceRender
          className="fixed inset-0 z-10 bg-veil transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0"
        />
        <Dialog.Popup className="fixed inset-x-0 bottom-0 z-10 max-h-[94dvh] overflow-y-auto rounded-t-md bg-surface p-5 pb-[calc(1.25rem+env(safe-area-inset-bottom))] shadow-lift outline-none transition-[opacity,translate] duration-150 data-ending-style:translate-y-3 data-ending-style:opacity-0 data-starting-style:translate-y-3 data-starting-style:opacity-0 sm:inset-x-auto sm:bottom-auto sm:top-1/2 sm:left-1/2 sm:w-[30rem] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-md sm:p-7">
          <div className="flex items-start justify-between gap-4">
            <Dialog.Title className="text-title">{title}</Dialog.Title>
            <CloseCross place="-m-2.5" />
          </div>
          {description ? (
            <Dialog.Description className="mt-2 text-muted">{description}</Dialog.Description>
          ) : null}
          <div className="mt-5">{children}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
