import { Button } from "../../../components/button.tsx";
import { Modal } from "../../../components/modal.tsx";
import { Notice } from "../../../components/notice.tsx";
import { failureOf } from "../../../lib/failure.ts";
import { failureText } from "../../../texts/failures.ts";
import { liveassistTexts } from "../../../texts/liveassist.ts";
import { useDeleteSession } from "../use-sessions.ts";

const texts = liveassistTexts.sessions;

interface DeleteSessionDialogProps {
  sessionId: string;
  title: string;
  onClose: () => void;
}

/** Says what goes, and deletes. */
export function DeleteSessionDialog({ sessionId, title, onClose }: DeleteSessionDialogProps) {
  const deletion = useDeleteSession(sessionId, onClose);
  const problem = deletion.error ? failureText(failureOf(deletion.error)) : null;
  return (
    <Modal open onClose={onClose} title={texts.deleteTitle} description={texts.deleteText(title)}>
      {problem ? (
        <div className="mb-5">
          <Notice tone="problem" title={problem.title}>
            {problem.text}
          </Notice>
        </div>
      ) : null}
      <div className="flex flex-col gap-2 sm:flex-row-reverse sm:justify-start">
        <Button
          look="danger"
          busy={deletion.isPending}
          onClick={() => (deletion.isPending ? undefined : deletion.mutate())}
        >
          {deletion.isPending ? texts.deleting : texts.deleteConfirm}
        </Button>
        <Button look="secondary" onClick={onClose}>
          {texts.keep}
        </Button>
      </div>
    </Modal>
  );
}
