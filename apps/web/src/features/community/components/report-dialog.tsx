import type { PostView } from "@liveassist/api/contract";
import { MOST_REASON_UNITS } from "@liveassist/shared/post-limits";
import { type FormEvent, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Modal } from "../../../components/modal.tsx";
import { deedTexts } from "../../../texts/post-deeds.ts";
import { useReportPost } from "../use-post-deeds.ts";
import { DialogButtons } from "./dialog-buttons.tsx";
import { FailureNote } from "./failure-note.tsx";
import { WritingField } from "./writing-field.tsx";

const texts = deedTexts.report;
/** The chosen reason stands before the words. */
const MOST_WORDS = MOST_REASON_UNITS - 100;

interface ReportDialogProps {
  post: PostView;
  onClose: () => void;
  onDone: (post: PostView) => void;
}

/** Asks what is wrong with a post, and hides it. */
export function ReportDialog({ post, onClose, onDone }: ReportDialogProps) {
  const [reason, setReason] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const [words, setWords] = useState("");
  const report = useReportPost((reported) => {
    onClose();
    onDone(reported);
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(reason === null);
    if (reason === null) return;
    report.run({ post, reason: words.trim() === "" ? reason : `${reason}: ${words.trim()}` });
  };
  return (
    <Modal open onClose={onClose} title={texts.title} description={texts.text}>
      <form noValidate onSubmit={onSubmit} className="grid gap-5">
        <fieldset aria-describedby={missing ? "reason-missing" : undefined}>
          <legend className="font-medium">{texts.question}</legend>
          <div className="mt-1 grid">
            {texts.reasons.map((name) => (
              <label key={name} className="flex min-h-11 items-center gap-3">
                <input
                  type="radio"
                  name="reason"
                  checked={reason === name}
                  onChange={() => setReason(name)}
                  className="size-5 shrink-0 accent-accent"
                />
                {name}
              </label>
            ))}
          </div>
          {missing && reason === null ? (
            <p id="reason-missing" role="alert" className="text-small text-danger">
              {texts.missing}
            </p>
          ) : null}
        </fieldset>
        <WritingField
          label={texts.words}
          value={words}
          onChange={setWords}
          maxLength={MOST_WORDS}
          showLabel
        />
        <FailureNote failure={report.failure} />
        <DialogButtons>
          <Button type="submit" look="danger" busy={report.busy}>
            {report.busy ? texts.busy : texts.confirm}
          </Button>
          <Button look="secondary" onClick={onClose}>
            {texts.keep}
          </Button>
        </DialogButtons>
      </form>
    </Modal>
  );
}
