import type { PostView } from "@liveassist/api/contract";
import { Flag, Pencil, Trash2 } from "lucide-react";
import type { Ref } from "react";
import { communityTexts } from "../../../texts/community.ts";
import { near, useOpening } from "../use-part.ts";
import { IconButton } from "./icon-button.tsx";

const loadDelete = () => import("./delete-dialog.tsx");
const loadReport = () => import("./report-dialog.tsx");

const texts = communityTexts.actions;

interface PostActionsProps {
  post: PostView;
  /** The editor could not be had. */
  failed: boolean;
  editing: boolean;
  editRef: Ref<HTMLButtonElement>;
  onEdit: () => void;
  onEditNear: () => void;
  onReported: (post: PostView) => void;
  onDeleted: (post: PostView) => void;
}

/** One's own posts can be changed and deleted, others' reported. */
export function PostActions(props: PostActionsProps) {
  const { post, editing, editRef, onEdit, onEditNear, onReported, onDeleted } = props;
  const deletion = useOpening(loadDelete);
  const report = useOpening(loadReport);
  const failed = props.failed || deletion.failed || report.failed;
  const Delete = deletion.opened?.DeleteDialog;
  const Report = report.opened?.ReportDialog;
  return (
    <div className="-mr-2 flex items-center">
      <p role="alert" className="mr-2 text-small text-danger empty:hidden">
        {failed ? texts.away : null}
      </p>
      {post.own ? (
        <>
          {editing ? null : (
            <IconButton ref={editRef} label={texts.edit} Icon={Pencil} onPress={onEdit} onNear={onEditNear} />
          )}
          <IconButton label={texts.delete} Icon={Trash2} onPress={deletion.open} onNear={near(loadDelete)} />
        </>
      ) : (
        <IconButton label={texts.report} Icon={Flag} onPress={report.open} onNear={near(loadReport)} />
      )}
      {Delete ? <Delete post={post} onClose={deletion.close} onDone={onDeleted} /> : null}
      {Report ? <Report post={post} onClose={report.close} onDone={onReported} /> : null}
    </div>
  );
}
