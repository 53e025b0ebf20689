import { Button } from "../../../components/button.tsx";
import { Modal } from "../../../components/modal.tsx";
import type { Failure } from "../../../lib/failure.ts";
import { operationsTexts } from "../../../texts/operations.ts";
import { DialogButtons } from "../../community/components/dialog-buttons.tsx";
import { FailureNote } from "../../community/components/failure-note.tsx";

const texts = operationsTexts.reports.removal;

interface RemovalDialogProps {
  name: string;
  busy: boolean;
  failure: Failure | null;
  onConfirm: () => void;
  onClose: () => void;
}

export function RemovalDialog({ name, busy, failure, onConfirm, onClose }: RemovalDialogProps) {
  return (
    <Modal open onClose={onClose} title={texts.title} description={texts.text(name)}>
      <div className="grid gap-5">
        <FailureNote failure={failure} />
        <DialogButtons>
          <Button look="danger" busy={busy} onClick={onConfirm}>
            {busy ? texts.busy : texts.confirm}
          </Button>
          <Button look="secondary" onClick={onClose}>
            {texts.cancel}
          </Button>
        </DialogButtons>
      </div>
    </Modal>
  );
}
