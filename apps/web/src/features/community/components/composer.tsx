import { MOST_POST_UNITS } from "@liveassist/shared/post-limits";
import { type ClipboardEvent, type FormEvent, type Ref, useRef, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { communityTexts } from "../../../texts/community.ts";
import { isSendKey } from "../send-key.ts";
import { useComposer } from "../use-composer.ts";
import { near, usePart } from "../use-part.ts";
import { FailureNote } from "./failure-note.tsx";
import { PicturePick } from "./picture-pick.tsx";
import { WritingField } from "./writing-field.tsx";

const loadPictures = () => import("./composer-pictures.tsx");

const texts = communityTexts.composer;

/** Writes a post. What pictures need is fetched when somebody comes near, not with the page. */
export function Composer({
  onPosted,
  fieldRef,
}: {
  onPosted: () => void;
  fieldRef: Ref<HTMLTextAreaElement>;
}) {
  const [pressed, setPressed] = useState(false);
  const [posted, setPosted] = useState(false);
  const composer = useComposer(() => {
    setPressed(false);
    setPosted(true);
    onPosted();
  });
  const { draft, pictures, deed } = composer;
  const part = usePart(loadPictures, composer.awake);
  const form = useRef<HTMLFormElement>(null);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setPressed(true);
    setPosted(false);
    composer.submit();
  };
  const onPaste = (event: ClipboardEvent) => {
    // Once they are there, the pictures' own part takes what is pasted.
    if (pictures || event.clipboardData.files.length === 0) return;
    event.preventDefault();
    composer.pick([...event.clipboardData.files]);
  };
  const write = (text: string) => {
    setPressed(false);
    composer.write(text);
  };
  const problem = composer.hasFailed ? texts.failedPicture : composer.hasContent ? undefined : texts.empty;
  const busy = deed.busy || composer.waits;
  return (
    <form
      ref={form}
      noValidate
      onSubmit={onSubmit}
      onFocus={composer.wake}
      onPointerEnter={near(loadPictures)}
      onPaste={onPaste}
      className="rounded-md border border-line bg-surface p-4 transition-colors duration-150 focus-within:border-accent sm:px-5"
    >
      {part ? (
        <part.PictureSource
          pickedAt={composer.pickedAt}
          takePicked={composer.takePicked}
          onChange={composer.onPictures}
        />
      ) : null}
      {part && pictures && pictures.items.length > 0 ? (
        <div className="-mx-2 mb-3">
          <part.PictureTray attachments={pictures} />
        </div>
      ) : null}
      <WritingField
        bare
        low={!composer.awake}
        ref={fieldRef}
        label={texts.label}
        placeholder={texts.placeholder}
        value={draft.text}
        readOnly={deed.busy}
        onChange={write}
        maxLength={MOST_POST_UNITS}
        error={pressed ? problem : undefined}
        onKeyDown={(event) => isSendKey(event) && form.current?.requestSubmit()}
      />
      <div className="mt-2 empty:hidden">
        <FailureNote failure={deed.failure} kept={texts.failedKept} />
      </div>
      <div className="mt-2 flex items-center justify-between gap-3">
        <div className="-ml-3 flex min-w-0 items-center gap-1">
          {part && pictures ? <part.PictureButtons attachments={pictures} /> : null}
          <PicturePick hidden={part !== null && pictures !== null} onPick={composer.pick} />
        </div>
        <Button type="submit" busy={busy}>
          {deed.busy ? texts.busy : composer.waits ? texts.waits : texts.submit}
        </Button>
      </div>
      {composer.awake ? <p className="mt-2 text-small text-muted">{texts.note}</p> : null}
      <p role="status" className="sr-only">
        {posted ? texts.posted : ""}
      </p>
    </form>
  );
}
