import { Button } from "../../../components/button.tsx";
import { Modal } from "../../../components/modal.tsx";
import { Notice } from "../../../components/notice.tsx";
import { formats } from "../../../lib/format.ts";
import { failureText } from "../../../texts/failures.ts";
import { subscriptionTexts } from "../../../texts/subscription.ts";
import { useAction } from "../hooks.ts";
import type { Status } from "../types.ts";

interface CancelDialogProps {
  status: Status;
  trial: boolean;
  onClose: () => void;
}

/** The second of the two clicks: says exactly until when access stays, then does it. */
export function CancelDialog({ status, trial, onClose }: CancelDialogProps) {
  const end = useAction("cancel", onClose);
  const until = status.subscription_expiry && formats.date(status.subscription_expiry);
  const words = cancelWords(until, trial);
  return (
    <Modal open onClose={onClose} title={words.title} description={words.text}>
      {end.failure ? (
        <div className="mb-5">
          <Notice tone="problem" title={failureText(end.failure).title}>
            {failureText(end.failure).text}
          </Notice>
        </div>
      ) : null}
      <div className="flex flex-col gap-2 sm:flex-row-reverse sm:justify-start">
        <Button look="danger" busy={end.busy} onClick={end.run}>
          {end.busy ? words.busy : words.confirm}
        </Button>
        <Button look="secondary" onClick={onClose}>
          {words.keep}
        </Button>
      </div>
    </Modal>
  );
}

function cancelWords(until: string | null, trial: boolean) {
  const texts = subscriptionTexts.cancelDialog;
  return {
    title: trial ? texts.titleTrial : texts.title,
    text: until === null ? texts.textNoDate : texts.text(until),
    confirm: until === null ? texts.confirmNoDate : texts.confirm(until),
    busy: texts.busy,
    keep: texts.keep,
  };
}
