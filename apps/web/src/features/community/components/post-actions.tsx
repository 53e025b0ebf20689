import type { PostView } from "@liveassist/api/contract";
import { Flag, Pencil, Trash2 } from "lucide-react";
import { lazy, type Ref, Suspense, useState } from "react";
import { communityTexts } from "../../../texts/community.ts";
import { IconButton } from "./icon-button.tsx";

export const loadEditor = () => import("./post-editor.tsx").then((part) => ({ default: part.PostEditor }));
const loadDelete = () => import("./delete-dialog.tsx").then((part) => ({ default: part.DeleteDialog }));
const loadReport = () => import("./report-dialog.tsx").then((part) => ({ default: part.ReportDialog }));
const DeleteDialog = lazy(loadDelete);
const ReportDialog = lazy(loadReport);

const texts = communityTexts.actions;

interface PostActionsProps {
  post: PostView;
  editing: boolean;
  editRef: Ref<HTMLButtonElement>;
  onEdit: () => void;
  onReported: (post: PostView) => void;
  onDeleted: (post: PostView) => void;
}

/** One's own posts can be changed and deleted, others' reported. */
export function PostActions({ post, editing, editRef, onEdit, onReported, onDeleted }: PostActionsProps) {
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const ask = () => setAsking(true);
  if (!post.own) {
    return (
      <div className="-mr-2">
        <IconButton label={texts.report} Icon={Flag} onPress={ask} onNear={() => void loadReport()} />
        <Suspense>
          {asking ? <ReportDialog post={post} onClose={close} onDone={onReported} /> : null}
        </Suspense>
      </div>
    );
  }
  return (
    <div className="-mr-2 flex">
      {editing ? null : (
        <IconButton
          ref={editRef}
          label={texts.edit}
          Icon={Pencil}
          onPress={onEdit}
          onNear={() => void loadEditor()}
        />
      )}
      <IconButton label={texts.delete} Icon={Trash2} onPress={ask} onNear={() => void loadDelete()} />
      <Suspense>{asking ? <DeleteDialog post={post} onClose={close} onDone={onDeleted} /> : null}</Suspense>
    </div>
  );
}
