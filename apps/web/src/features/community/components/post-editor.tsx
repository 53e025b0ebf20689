import type { PostView } from "@liveassist/api/contract";
import { MOST_POST_UNITS } from "@liveassist/shared/post-limits";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { communityTexts } from "../../../texts/community.ts";
import { deedTexts } from "../../../texts/post-deeds.ts";
import { isSendKey } from "../send-key.ts";
import { useEditPost } from "../use-post-deeds.ts";
import { FailureNote } from "./failure-note.tsx";
import { WritingField } from "./writing-field.tsx";

const texts = deedTexts.editor;

/** Changes a post where it stands. Escape leaves it as it was, as long as nothing was changed. */
export function PostEditor({ post, onClose }: { post: PostView; onClose: () => void }) {
  const [text, setText] = useState(post.text);
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const edit = useEditPost(onClose);
  useEffect(() => {
    const { current } = field;
    current?.focus();
    current?.setSelectionRange(current.value.length, current.value.length);
  }, []);
  const save = () => {
    const empty = text.trim() === "" && post.uploads.length === 0;
    setMissing(empty);
    if (empty) field.current?.focus();
    else if (text.trim() === post.text) onClose();
    else edit.run({ postId: post.id, text });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    save();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && text === post.text) onClose();
    if (isSendKey(event)) save();
  };
  return (
    <form noValidate onSubmit={onSubmit} className="grid gap-3">
      <WritingField
        ref={field}
        label={texts.label}
        value={text}
        onChange={setText}
        maxLength={MOST_POST_UNITS}
        error={missing && text.trim() === "" ? texts.empty : undefined}
        onKeyDown={onKeyDown}
      />
      <FailureNote failure={edit.failure} kept={communityTexts.composer.failedKept} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={edit.busy}>
          {edit.busy ? texts.busy : texts.save}
        </Button>
        <Button look="secondary" onClick={onClose}>
          {texts.cancel}
        </Button>
      </div>
    </form>
  );
}
