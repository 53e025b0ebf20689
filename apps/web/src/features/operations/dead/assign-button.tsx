import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { deadTexts } from "../../../texts/operations-events.ts";
import type { LedgerEvent } from "../events/hooks.ts";
import type { PickedUser } from "../users/user-picker.tsx";
import { AssignDialog } from "./assign-dialog.tsx";
import type { Assigned } from "./hooks.ts";

const texts = deadTexts.assign;

export type OnAssigned = (assigned: Assigned, user: PickedUser) => void;

interface AssignButtonProps {
  event: Pick<LedgerEvent, "event_id" | "type" | "customer_id">;
  look?: "primary" | "secondary";
  onAssigned: OnAssigned;
}

/** Opens the question whose an event is. */
export function AssignButton({ event, look = "secondary", onAssigned }: AssignButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const { event_id, type, customer_id } = event;
  if (customer_id === null) return null;
  return (
    <>
      <div>
        <Button look={look} aria-label={texts.buttonLabel(type, event_id)} onClick={() => setOpen(true)}>
          {texts.button}
        </Button>
      </div>
      {isOpen ? (
        <AssignDialog
          eventId={event_id}
          customerId={customer_id}
          onClose={() => setOpen(false)}
          onAssigned={(assigned, user) => {
            setOpen(false);
            onAssigned(assigned, user);
          }}
        />
      ) : null}
    </>
  );
}
