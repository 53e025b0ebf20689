import type { TimelineEntry } from "@liveassist/shared/inputs/operations";
import { Check, CircleDashed } from "lucide-react";
import { useId } from "react";
import { storyTexts } from "../../../texts/operations-users.ts";
import { durationWords } from "./gap-words.ts";
import { paymentWay } from "./payment-way.ts";

const texts = storyTexts.way;
/** Syncs, pushes and confirmations are kept for so long: what an older payment lacks says nothing. */
const KEPT_MS = 90 * 86_400_000;

/** The newest payment on its way to the user's own page, with the time each step took. */
export function Way({ entries }: { entries: readonly TimelineEntry[] }) {
  const id = useId();
  const way = paymentWay(entries);
  const paidAt = Date.parse(way?.steps[0]?.entry?.at ?? "");
  if (!way || Date.now() - paidAt > KEPT_MS) return null;
  return (
    <section aria-labelledby={id} className="mb-6 rounded-md bg-sunken p-4">
      <h3 id={id} className="text-small font-medium">
        {texts.title}
      </h3>
      <ol className="mt-3 flex flex-wrap gap-x-5 gap-y-3 text-small">
        {way.steps.map(({ step, entry, sinceMs }) => (
          <li key={step} className="flex items-center gap-2">
            {entry ? (
              <Check aria-hidden="true" className="size-4 shrink-0 text-accent" />
            ) : (
              <CircleDashed aria-hidden="true" className="size-4 shrink-0 text-muted" />
            )}
            <span className={entry ? undefined : "text-muted"}>{texts.steps[step]}</span>
            <span className="text-muted tabular-nums">
              {entry === null ? texts.missing : sinceMs === null ? null : `+${durationWords(sinceMs)}`}
            </span>
          </li>
        ))}
      </ol>
      {way.wholeMs === null ? null : (
        <p className="mt-3 text-small text-muted">{texts.whole(durationWords(way.wholeMs))}</p>
      )}
    </section>
  );
}
