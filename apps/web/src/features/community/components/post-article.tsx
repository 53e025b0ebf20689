import type { PostView } from "@liveassist/api/contract";
import { memo, useEffect, useId, useRef } from "react";
import { near, useOpening } from "../use-part.ts";
import { AuthorLine } from "./author-line.tsx";
import { PictureGrid } from "./picture-grid.tsx";
import { PostActions } from "./post-actions.tsx";
import { PostText } from "./post-text.tsx";
import { PostTime } from "./post-time.tsx";

const loadEditor = () => import("./post-editor.tsx");

interface PostArticleProps {
  post: PostView;
  /** Epoch ms. */
  now: number;
  /** It stands alone on its page: nothing is folded. */
  alone?: boolean;
  onReported: (post: PostView) => void;
  onDeleted: (post: PostView) => void;
}

/** One post: who, what, pictures, when, and what the reader may do with it. */
export const PostArticle = memo(function PostArticle(props: PostArticleProps) {
  const { post, now, alone = false } = props;
  const editor = useOpening(loadEditor);
  const Editor = editor.opened?.PostEditor;
  const edit = useRef<HTMLButtonElement>(null);
  const id = useId();
  const edited = useRef(false);
  useEffect(() => {
    // The editor that had the focus is gone: what opened it has it again.
    if (edited.current && !Editor) edit.current?.focus();
    edited.current = Editor !== undefined;
  }, [Editor]);
  return (
    <article
      aria-labelledby={id}
      data-post={post.id}
      data-testid="post"
      className="rounded-md border border-line bg-surface px-4 pt-3 pb-1.5 outline-offset-2 [contain-intrinsic-size:auto_10rem] [content-visibility:auto] sm:px-5 sm:pt-4"
    >
      <AuthorLine author={post.author} headingId={id} />
      <div className="mt-2.5 grid gap-3">
        {Editor ? (
          <Editor post={post} onClose={editor.close} />
        ) : post.text === "" ? null : (
          <div>
            <PostText text={post.text} whole={alone} />
          </div>
        )}
        {post.uploads.length === 0 ? null : <PictureGrid pictures={post.uploads} by={post.author.name} />}
      </div>
      <footer className="mt-1 flex items-center justify-between gap-3">
        <PostTime post={post} now={now} />
        <PostActions
          {...props}
          editRef={edit}
          editing={Editor !== undefined}
          failed={editor.failed}
          onEdit={editor.open}
          onEditNear={near(loadEditor)}
        />
      </footer>
    </article>
  );
});
