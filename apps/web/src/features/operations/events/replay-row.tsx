import { RotateCcw } from "lucide-react";
import { Button } from "../../../components/button.tsx";
import { eventTexts } from "../../../texts/operations-events.ts";
import { FailureNote } from "../../community/components/failure-note.tsx";
import { useReplay } from "./hooks.ts";

const texts = eventTexts.replay;

interface ReplayRowProps {
  eventId: string;
  look: "primary" | "secondary";
  /** What came of the last thing that was done here. */
  said: string | null;
  onSaid: (words: string) => void;
}

/** Works on the event again, and says what that means. */
export function ReplayRow({ eventId, look, said, onSaid }: ReplayRowProps) {
  const replay = useReplay((outcome) => onSaid(texts[outcome]));
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button look={look} busy={replay.busy} onClick={() => replay.run(eventId)}>
          {replay.busy ? null : <RotateCcw aria-hidden="true" className="size-4" />}
          {replay.busy ? texts.busy : texts.button}
        </Button>
        <p role="status" className="min-w-0 flex-1 basis-64 text-small text-muted">
          {said ?? texts.about}
        </p>
      </div>
      <FailureNote failure={replay.failure} />
    </div>
  );
}
