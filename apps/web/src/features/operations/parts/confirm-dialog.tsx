import type { ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import { Modal } from "../../../components/modal.tsx";
import type { Failure } from "../../../lib/failure.ts";
import { consoleTexts } from "../../../texts/operations-console.ts";
import { DialogButtons } from "../../community/components/dialog-buttons.tsx";
import { FailureNote } from "../../community/components/failure-note.tsx";

interface ConfirmDialogProps {
  open: boolean;
  title: string;
  /** What it will do, in a sentence or two. */
  text: ReactNode;
  /** The deed, as the button says it. */
  confirm: string;
  busy: boolean;
  failure: Failure | null;
  /** It destroys something. */
  isDangerous?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  /** Fields, below the text. */
  children?: ReactNode;
}

/** Asks before something is done; the focus goes back to what opened it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Modal open={props.open} onClose={props.onClose} title={props.title} description={props.text}>
      <div className="grid gap-5">
        {props.children}
        <FailureNote failure={props.failure} />
        <DialogButtons>
          <Button look={props.isDangerous ? "danger" : "primary"} busy={props.busy} onClick={props.onConfirm}>
            {props.confirm}
          </Button>
          <Button look="secondary" onClick={props.onClose}>
            {consoleTexts.confirm.cancel}
          </Button>
        </DialogButtons>
      </div>
    </Modal>
  );
}
