import { useId, useState } from "react";
import { deadTexts } from "../../../texts/operations-events.ts";
import { ConfirmDialog } from "../parts/confirm-dialog.tsx";
import { type PickedUser, UserPicker } from "../users/user-picker.tsx";
import { type Assigned, useAssign } from "./hooks.ts";

const texts = deadTexts.assign;

interface AssignDialogProps {
  eventId: string;
  customerId: string;
  onClose: () => void;
  onAssigned: (assigned: Assigned, user: PickedUser) => void;
}

/** Whose a customer is: somebody is looked for and chosen, what will happen is said, then it is done. */
export function AssignDialog({ eventId, customerId, onClose, onAssigned }: AssignDialogProps) {
  const id = useId();
  const [picked, setPicked] = useState<PickedUser | null>(null);
  const [isMissing, setMissing] = useState(false);
  const assign = useAssign(eventId, (assigned) => {
    if (picked) onAssigned(assigned, picked);
  });
  const confirm = () => {
    setMissing(picked === null);
    if (picked) assign.run(picked.id);
    else document.getElementById(id)?.focus();
  };
  return (
    <ConfirmDialog
      open
      title={texts.title}
      text={<span className="[overflow-wrap:anywhere]">{texts.text(customerId)}</span>}
      confirm={assign.busy ? texts.busy : texts.confirm(picked?.name ?? null)}
      busy={assign.busy}
      failure={assign.failure}
      onConfirm={confirm}
      onClose={assign.busy ? () => {} : onClose}
    >
      <div>
        <label htmlFor={id} className="mb-1.5 block font-medium">
          {texts.user}
        </label>
        <UserPicker
          id={id}
          picked={picked}
          isInvalid={isMissing && picked === null}
          describedBy={`${id}-hint`}
          onPick={(user) => {
            setPicked(user);
            assign.reset();
          }}
        />
        <p
          id={`${id}-hint`}
          className={`mt-1.5 text-small ${isMissing && !picked ? "text-danger" : "text-muted"}`}
        >
          {isMissing && !picked ? texts.missing : (picked?.email ?? texts.hint)}
        </p>
      </div>
      <div role="status" className="empty:hidden">
        {picked ? (
          <div className="rounded-md bg-sunken p-4 text-small">
            <p className="font-medium">{texts.effectsTitle}</p>
            <ul className="mt-2 grid list-disc gap-1.5 pl-5 [overflow-wrap:anywhere] marker:text-muted">
              {texts.effects(picked.name, customerId).map((effect) => (
                <li key={effect}>{effect}</li>
              ))}
            </ul>
          </div>
        ) : null}
      </div>
    </ConfirmDialog>
  );
}
