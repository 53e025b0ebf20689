import { Button } from "../../../components/button.tsx";
import { Card } from "../../../components/card.tsx";
import { DetailList } from "../../../components/detail-list.tsx";
import { Notice } from "../../../components/notice.tsx";
import { failureOf } from "../../../lib/failure.ts";
import { formats } from "../../../lib/format.ts";
import { useNow } from "../../../lib/use-now.ts";
import { words } from "../../../texts/everywhere.ts";
import { failureText } from "../../../texts/failures.ts";
import { subscriptionTexts } from "../../../texts/subscription.ts";
import { planInWords } from "../plan-in-words.ts";
import type { Standing } from "../standing.ts";
import { useSubscription } from "../subscription-context.tsx";
import type { Status } from "../types.ts";
import { CardSkeleton } from "./card-skeleton.tsx";
import { LastChecked } from "./last-checked.tsx";
import { StandingActions } from "./standing-actions.tsx";
import { UsageLine } from "./usage-line.tsx";

const texts = subscriptionTexts.card;

/** Everything about the subscription in one place, whatever state it is in. */
export function SubscriptionCard() {
  const { status, standing } = useSubscription();
  return (
    <Card title={texts.title}>
      {status.data && standing ? (
        <Known status={status.data} standing={standing} />
      ) : status.error ? (
        <Failed thrown={status.error} retry={() => void status.refetch()} />
      ) : (
        <CardSkeleton />
      )}
    </Card>
  );
}

function Known({ status, standing }: { status: Status; standing: Standing }) {
  const now = useNow(30_000);
  const plan = planInWords(standing, formats, now);
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1" aria-live="polite">
        <p className="font-medium">{plan.headline}</p>
        {plan.left ? <p className="text-small text-premium tabular-nums">{plan.left}</p> : null}
      </div>
      {plan.note ? <PlanNote standing={standing} note={plan.note} /> : null}
      <div className="mt-5">
        <DetailList
          details={[
            ...nextCharge(status, standing),
            { name: texts.usage, value: <UsageLine usage={status.usage} /> },
          ]}
        />
      </div>
      <StandingActions status={status} standing={standing} />
      {status.stale ? <p className="mt-5 text-small text-muted">{texts.stale}</p> : null}
      <LastChecked at={status.last_synced_at} />
    </>
  );
}

function PlanNote({ standing, note }: { standing: Standing; note: string }) {
  const urgent = ["past-due", "unpaid", "paused", "incomplete"].includes(standing.kind);
  if (!urgent) return <p className="mt-1 text-muted">{note}</p>;
  return <p className="mt-3 rounded-md bg-danger-soft p-3.5">{note}</p>;
}

/** Said only where there is something to say: a date and an amount, or that a cancelled one costs nothing more. */
function nextCharge(status: Status, standing: Standing) {
  const cancelled = standing.kind === "ending" || standing.kind === "trial-ending";
  if (!status.next_charge) return cancelled ? [{ name: texts.nextCharge, value: texts.noCharge }] : [];
  const { at, amount_ore } = status.next_charge;
  const value = texts.charge(formats.money(amount_ore, "SEK"), formats.date(at));
  return [{ name: texts.nextCharge, value }];
}

function Failed({ thrown, retry }: { thrown: Error; retry: () => void }) {
  const { text } = failureText(failureOf(thrown));
  return (
    <Notice tone="problem" title={texts.loadFailed} actions={<Button onClick={retry}>{words.retry}</Button>}>
      {text}
    </Notice>
  );
}
