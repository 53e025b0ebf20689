import type { PostView } from "@liveassist/api/contract";
import { Button } from "../../../components/button.tsx";
import { Modal } from "../../../components/modal.tsx";
import { showToast } from "../../../lib/show-toast.ts";
import { deedTexts } from "../../../texts/post-deeds.ts";
import { useDeletePost } from "../use-post-deeds.ts";
import { DialogButtons } from "./dialog-buttons.tsx";
import { FailureNote } from "./failure-note.tsx";

const texts = deedTexts.deletion;

interface DeleteDialogProps {
  post: PostView;
  onClose: () => void;
  onDone: (post: PostView) => void;
}

export function DeleteDialog({ post, onClose, onDone }: DeleteDialogProps) {
  const deletion = useDeletePost(() => {
    onClose();
    onDone(post);
    showToast(texts.done);
  });
  return (
    <Modal open onClose={onClose} title={texts.title} description={texts.text}>
      <div className="grid gap-5">
        <FailureNote failure={deletion.failure} />
        <DialogButtons>
          <Button look="danger" busy={deletion.busy} onClick={() => deletion.run({ postId: post.id })}>
            {deletion.busy ? texts.busy : texts.confirm}
          </Button>
          <Button look="secondary" onClick={onClose}>
            {texts.keep}
          </Button>
        </DialogButtons>
      </div>
    </Modal>
  );
}
