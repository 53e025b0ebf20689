import { Download } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Card } from "../../../components/card.tsx";
import { userTexts } from "../../../texts/operations-users.ts";
import { FailureNote } from "../../community/components/failure-note.tsx";
import { useAnswerFocus } from "../use-answer-focus.ts";
import { EraseDialog } from "./erase-dialog.tsx";
import { useExport, type WholeUser } from "./hooks.ts";

const texts = userTexts;

/** What can be done for somebody who asks: hand out what is kept of them, or erase it. */
export function UserActions({ user }: { user: WholeUser }) {
  const [said, setSaid] = useState("");
  const [isErasing, setErasing] = useState(false);
  const status = useAnswerFocus(said);
  const exporting = useExport(user.id, () => setSaid(texts.export.done));
  return (
    <Card title={texts.actions}>
      <div className="grid gap-5">
        <div>
          <p className="mb-2 text-small text-muted">{texts.export.about}</p>
          <Button look="secondary" busy={exporting.busy} onClick={() => exporting.run(undefined)}>
            {exporting.busy ? null : <Download aria-hidden="true" className="size-4" />}
            {exporting.busy ? texts.export.busy : texts.export.button}
          </Button>
        </div>
        {user.deleted_at === null ? (
          <div>
            <p className="mb-2 text-small text-muted">{texts.erase.about}</p>
            <Button look="danger" onClick={() => setErasing(true)}>
              {texts.erase.button}
            </Button>
          </div>
        ) : null}
        <FailureNote failure={exporting.failure} />
        <p
          ref={status}
          tabIndex={-1}
          role="status"
          className="rounded-md bg-accent-soft px-4 py-3 text-small outline-none empty:hidden"
        >
          {said}
        </p>
      </div>
      {isErasing ? (
        <EraseDialog
          user={user}
          onClose={() => setErasing(false)}
          onDone={() => {
            setErasing(false);
            setSaid(texts.erase.done);
          }}
        />
      ) : null}
    </Card>
  );
}
