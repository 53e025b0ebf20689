import { Card } from "../../../components/card.tsx";
import { eventTexts } from "../../../texts/operations-events.ts";
import { Moment } from "../parts/moment.tsx";
import { attemptWords } from "./attempt-words.ts";
import type { WholeEvent } from "./hooks.ts";

const texts = eventTexts.detail;

/** Every attempt that failed, the newest first, and why. */
export function EventAttempts({ event }: { event: WholeEvent }) {
  const { attempts, errors } = event;
  return (
    <Card
      title={texts.attemptsTitle}
      aside={<span className="text-muted">{eventTexts.attempts(attempts)}</span>}
    >
      {errors.length === 0 ? (
        <p className="text-muted">{attemptWords(event)}</p>
      ) : (
        <ol className="grid gap-3">
          {errors.toReversed().map(({ at, error }) => (
            <li key={at + error} className="border-l-2 border-danger pl-3.5">
              <p className="text-small text-muted">
                <Moment at={at} />
              </p>
              <p className="font-mono text-[0.8125rem] leading-6 whitespace-pre-wrap [overflow-wrap:anywhere]">
                {error}
              </p>
            </li>
          ))}
        </ol>
      )}
      {errors.length >= MOST_KEPT ? <p className="mt-3 text-small text-muted">{texts.newestErrors}</p> : null}
    </Card>
  );
}

const MOST_KEPT = 20;
