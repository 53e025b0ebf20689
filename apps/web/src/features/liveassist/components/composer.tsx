import { type KeyboardEvent, type RefObject, useId } from "react";
import { formats } from "../../../lib/format.ts";
import { liveassistTexts } from "../../../texts/liveassist.ts";
import type { Attachments } from "../../uploads/attachment.ts";
import { AttachButtons } from "../../uploads/components/attach-buttons.tsx";
import { AttachmentTray } from "../../uploads/components/attachment-tray.tsx";
import { UsageHint } from "../../uploads/components/usage-hint.tsx";
import { useChat } from "../chat-context.ts";
import type { Outgoing } from "../outgoing.ts";
import { isNearLimit } from "../text-room.ts";
import { useComposer } from "../use-composer.ts";
import { useEscape } from "../use-escape.ts";
import { useStop } from "../use-reply-actions.ts";
import { ComposerNotes } from "./composer-notes.tsx";
import { GrowingField } from "./growing-field.tsx";
import { SendButton } from "./send-button.tsx";

const texts = liveassistTexts.composer;

interface ComposerProps {
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  setText: (text: string) => void;
  attachments: Attachments;
  outgoing: readonly Outgoing[];
  /** The reply being written; undefined: none. */
  replyId: string | undefined;
  /** A reply is on its way, also before it is known by its id. */
  replyRuns: boolean;
}

/** Where one writes. Everything that can be in the way of sending is said beside it. */
export function Composer({ field, replyId, ...input }: ComposerProps) {
  const { sessionId, sender } = useChat();
  const id = useId();
  const stop = useStop(sessionId, replyId);
  const composer = useComposer({ ...input, send: sender.send });
  useEscape(replyId !== undefined, stop.run);
  const { left, most, hindrance, attachments } = composer;
  const submit = () => {
    composer.submit();
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter chooses a word (229: Safari says so only this way).
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    submit();
  };
  return (
    <div className="mx-auto w-full max-w-[45rem] shrink-0 px-3 pb-3 sm:px-5 md:pb-5">
      <ComposerNotes waits={composer.waits} stopFailed={stop.failed} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        className="rounded-md border border-line-strong/70 bg-surface transition-colors duration-150 focus-within:border-accent"
      >
        <AttachmentTray attachments={attachments} />
        <label htmlFor="composer" className="sr-only">
          {texts.label}
        </label>
        <GrowingField
          ref={field}
          id="composer"
          value={input.text}
          onChange={(event) => input.setText(event.target.value)}
          onKeyDown={onKeyDown}
          placeholder={texts.placeholder}
          aria-describedby={`${id}-keys ${id}-left`}
          aria-invalid={left < 0 || undefined}
        />
        <p
          id={`${id}-left`}
          role="status"
          className={`px-4 text-small tabular-nums sm:text-right ${left < 0 ? "text-danger" : "text-muted"}`}
        >
          {left < 0
            ? texts.tooLong(formats.number(-left), formats.number(most))
            : isNearLimit(left, most)
              ? texts.left(formats.number(left))
              : null}
        </p>
        <div className="flex flex-wrap items-center gap-x-3 p-1.5 pt-0">
          <div className="empty:hidden max-sm:order-first max-sm:basis-full max-sm:px-2.5 sm:order-1 sm:flex-1 sm:text-right">
            <UsageHint />
          </div>
          <AttachButtons attachments={attachments} />
          <div className="order-2 ml-auto">
            <SendButton replyRuns={replyId !== undefined} blocked={hindrance !== null} stop={stop} />
          </div>
        </div>
        <p id={`${id}-keys`} className="sr-only">
          {texts.keys} {replyId === undefined ? null : texts.replyRuns}
        </p>
      </form>
    </div>
  );
}
