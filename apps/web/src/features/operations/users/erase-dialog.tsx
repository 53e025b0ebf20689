import { useRef, useState } from "react";
import { TextField } from "../../../components/text-field.tsx";
import { userTexts } from "../../../texts/operations-users.ts";
import { ConfirmDialog } from "../parts/confirm-dialog.tsx";
import { useErase, type WholeUser } from "./hooks.ts";

const texts = userTexts.erase;

interface EraseDialogProps {
  user: WholeUser;
  onClose: () => void;
  onDone: () => void;
}

/** Says what goes, wants the e-mail typed, and erases. */
export function EraseDialog({ user, onClose, onDone }: EraseDialogProps) {
  const [problem, setProblem] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const erase = useErase(user.id, onDone);
  const confirm = () => {
    const typed = String(new FormData(form.current ?? undefined).get("email") ?? "").trim();
    const fits = typed.toLowerCase() === user.email.toLowerCase();
    setProblem(fits ? undefined : texts.wrong);
    if (fits) erase.run(typed);
    else form.current?.querySelector("input")?.focus();
  };
  return (
    <ConfirmDialog
      open
      isDangerous
      title={texts.title(user.name)}
      text={texts.text}
      confirm={erase.busy ? texts.busy : texts.confirm}
      busy={erase.busy}
      failure={erase.failure}
      onConfirm={confirm}
      // Once it is under way nobody can keep the account by closing the dialog.
      onClose={erase.busy ? () => {} : onClose}
    >
      <ul className="grid list-disc gap-2 pl-5 marker:text-muted">
        {texts.effects.map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <TextField
          label={texts.field(user.email)}
          name="email"
          type="email"
          autoComplete="off"
          spellCheck={false}
          error={problem}
        />
      </form>
    </ConfirmDialog>
  );
}
