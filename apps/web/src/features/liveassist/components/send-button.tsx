import { ArrowUp, Square } from "lucide-react";
import { Spinner } from "../../../components/spinner.tsx";
import { liveassistTexts } from "../../../texts/liveassist.ts";

const texts = liveassistTexts.composer;

const LOOK =
  "grid size-11 shrink-0 place-items-center rounded-md bg-accent text-on-accent transition-colors duration-150 hover:bg-accent-strong aria-disabled:cursor-not-allowed aria-disabled:bg-line aria-disabled:text-muted";

interface SendButtonProps {
  replyRuns: boolean;
  blocked: boolean;
  stop: { run: () => void; busy: boolean };
}

/** Sends; while a reply is being written it stops that instead. The same button, so that the focus stays. */
export function SendButton({ replyRuns, blocked, stop }: SendButtonProps) {
  const label = replyRuns ? (stop.busy ? texts.stopping : texts.stop) : texts.send;
  return (
    <button
      type={replyRuns ? "button" : "submit"}
      onClick={replyRuns ? stop.run : undefined}
      aria-disabled={(!replyRuns && blocked) || undefined}
      aria-busy={(replyRuns && stop.busy) || undefined}
      title={label}
      aria-label={label}
      className={LOOK}
    >
      {replyRuns && stop.busy ? <Spinner /> : null}
      {replyRuns && !stop.busy ? <Square aria-hidden="true" className="size-4 fill-current" /> : null}
      {replyRuns ? null : <ArrowUp aria-hidden="true" className="size-5" />}
    </button>
  );
}
