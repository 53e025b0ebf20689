import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { formats } from "../../../lib/format.ts";
import { deadTexts } from "../../../texts/operations-events.ts";
import { ConfirmDialog } from "../parts/confirm-dialog.tsx";
import { useSetAside } from "./hooks.ts";

interface SetAsideButtonProps {
  eventIds: string[];
  onDone: (text: string) => void;
}

const texts = deadTexts.setAside;

/** For letters that nothing can be done about; asks before. */
export function SetAsideButton({ eventIds, onDone }: SetAsideButtonProps) {
  const [asks, setAsks] = useState(false);
  const setAside = useSetAside((count) => {
    setAsks(false);
    onDone(texts.done(formats.number(count), count === 1));
  });
  const count = formats.number(eventIds.length);
  return (
    <>
      <Button look="secondary" onClick={() => setAsks(true)}>
        {texts.button(count)}
      </Button>
      <ConfirmDialog
        open={asks}
        title={texts.title(count, eventIds.length === 1)}
        text={texts.text}
        confirm={setAside.busy ? texts.busy : texts.confirm}
        busy={setAside.busy}
        failure={setAside.failure}
        onConfirm={() => setAside.run(eventIds)}
        onClose={() => setAsks(false)}
      />
    </>
  );
}
