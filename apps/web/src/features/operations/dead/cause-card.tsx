import { ChevronRight } from "lucide-react";
import { useId } from "react";
import { Button } from "../../../components/button.tsx";
import { classNames } from "../../../lib/class-names.ts";
import { formats } from "../../../lib/format.ts";
import { deadTexts } from "../../../texts/operations-events.ts";
import { FailureNote } from "../../community/components/failure-note.tsx";
import { Moment } from "../parts/moment.tsx";
import { causeTexts } from "./cause-words.ts";
import { DeadLetters } from "./dead-letters.tsx";
import { type Cause, type Said, useReplayDead } from "./hooks.ts";
import { replayedWords } from "./replayed-words.ts";

/** The most the server replays at once. */
const AT_ONCE = 500;

interface CauseCardProps {
  cause: Cause;
  isOpen: boolean;
  onToggle: () => void;
  onSaid: (said: Said) => void;
}

/** One cause: how many it killed, what it means, what to do, and its letters. */
export function CauseCard({ cause: { cause, count, oldest_at, newest_at }, ...props }: CauseCardProps) {
  const { isOpen, onToggle, onSaid } = props;
  const id = useId();
  const texts = causeTexts(cause);
  const all = useReplayDead((replayed) => onSaid({ text: replayedWords(replayed.queued, replayed.left) }));
  return (
    <section aria-labelledby={id} className="rounded-md border border-line bg-surface p-5 sm:p-6">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <h2 id={id} className="text-lead">
          {texts.title}
        </h2>
        <p className="text-small text-muted tabular-nums">
          <span className="font-medium text-danger">
            {deadTexts.count(formats.number(count), count === 1)}
          </span>
          {" · "}
          {deadTexts.oldest} <Moment at={oldest_at} />
          {count > 1 ? (
            <>
              {", "}
              {deadTexts.newest} <Moment at={newest_at} />
            </>
          ) : null}
        </p>
      </div>
      <dl className="mt-3 grid gap-x-8 gap-y-3 md:grid-cols-2">
        <div>
          <dt className="text-small font-medium">{deadTexts.meaning}</dt>
          <dd className="mt-0.5 text-muted">{texts.means}</dd>
        </div>
        <div>
          <dt className="text-small font-medium">{deadTexts.todo}</dt>
          <dd className="mt-0.5 text-muted">{texts.todo}</dd>
        </div>
      </dl>
      <div className="mt-4 flex flex-wrap items-center gap-2">
        <Button
          look="secondary"
          aria-label={deadTexts.replayAllLabel(formats.number(count), texts.title)}
          busy={all.busy}
          onClick={() => all.run({ cause, limit: AT_ONCE })}
        >
          {all.busy ? deadTexts.replaying : deadTexts.replayAll(formats.number(count))}
        </Button>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-label={deadTexts.show(texts.title)}
          onClick={onToggle}
          className="inline-flex min-h-11 items-center gap-1.5 rounded-md px-3 font-medium text-accent hover:bg-accent-soft"
        >
          <ChevronRight
            aria-hidden="true"
            className={classNames("size-4 transition-transform duration-150", isOpen && "rotate-90")}
          />
          {deadTexts.lettersShown}
        </button>
      </div>
      <div className="mt-4 empty:hidden">
        <FailureNote failure={all.failure} />
      </div>
      {isOpen ? <DeadLetters cause={cause} title={texts.title} onSaid={onSaid} /> : null}
    </section>
  );
}
