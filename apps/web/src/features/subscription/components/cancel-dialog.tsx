import { Button } from "../../../components/button.tsx";
import { Modal } from "../../../components/modal.tsx";
import { Notice } from "../../../components/notice.tsx";
import { formats } from "../../../lib/format.ts";
import { failureText } from "../../../texts/failures.ts";
import { subscriptionDetails } from "../../../texts/subscription-details.ts";
import { useAction } from "../hooks.ts";
import type { Standing } from "../standing.ts";
import type { Status } from "../types.ts";

interface CancelDialogProps {
  status: Status;
  standing: Standing;
  onClose: () => void;
}

/** The second of the two clicks: says exactly until when access stays, then does it. */
export function CancelDialog({ status, standing, onClose }: CancelDialogProps) {
  // What gives nothing any more has no end to wait for.
  const end = useAction(standing.kind === "unpaid" ? "cancel-now" : "cancel", onClose);
  const until = status.subscription_expiry && formats.date(status.subscription_expiry);
  const words = cancelWords(until, standing);
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

function cancelWords(until: string | null, { kind }: Standing) {
  const texts = subscriptionDetails.cancelDialog;
  const common = {
    title: kind === "trial" ? texts.titleTrial : texts.title,
    busy: texts.busy,
    keep: kind === "unpaid" ? texts.keepOpen : texts.keep,
  };
  if (kind === "past-due") return { ...common, text: texts.textPastDue, confirm: texts.confirmNoDate };
  if (kind === "unpaid") return { ...common, text: texts.textUnpaid, confirm: texts.confirmNoDate };
  return {
    ...common,
    text: until === null ? texts.textNoDate : texts.text(until),
    confirm: until === null ? texts.confirmNoDate : texts.confirm(until),
  };
}
