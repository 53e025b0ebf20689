import { CircleAlert } from "lucide-react";
import { Button } from "../../../components/button.tsx";
import { Card } from "../../../components/card.tsx";
import { DetailList } from "../../../components/detail-list.tsx";
import { Notice } from "../../../components/notice.tsx";
import { failureOf } from "../../../lib/failure.ts";
import { formats } from "../../../lib/format.ts";
import { useNow } from "../../../lib/use-now.ts";
import { words } from "../../../texts/everywhere.ts";
import { failureText } from "../../../texts/failures.ts";
import { subscriptionDetails } from "../../../texts/subscription-details.ts";
import { isCardless } from "../card-on-file.ts";
import { useBilling, useOffer } from "../hooks.ts";
import { knownNow } from "../known-now.ts";
import { planInWords } from "../plan-in-words.ts";
import { hasPortal, owes, type Standing } from "../standing.ts";
import { useSubscription } from "../subscription-context.tsx";
import type { Status } from "../types.ts";
import { CardSkeleton } from "./card-skeleton.tsx";
import { LastChecked } from "./last-checked.tsx";
import { StandingActions } from "./standing-actions.tsx";
import { UsageLine } from "./usage-line.tsx";
import { withdrawalRow } from "./withdrawal-row.tsx";

const texts = subscriptionDetails.card;

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
  const { withdrawal } = useSubscription();
  const now = knownNow(useNow(30_000), status.last_synced_at);
  const { data: offer, isPending } = useOffer(true);
  const { data: billing } = useBilling(hasPortal(standing));
  if (isPending) return <CardSkeleton />;
  const open = billing?.open_invoice;
  const plan = planInWords(standing, {
    formats,
    now,
    currency: offer?.currency ?? null,
    owed: open ? formats.money(open.amount_ore, open.currency) : null,
    cardless: isCardless(billing),
  });
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
            ...nextCharge(status, { standing, currency: offer?.currency, cardless: isCardless(billing) }),
            { name: texts.usage, value: <UsageLine usage={status.usage} /> },
            ...withdrawalRow(withdrawal),
          ]}
        />
      </div>
      <StandingActions status={status} standing={standing} billing={billing} />
      {status.stale ? <p className="mt-5 text-small text-muted">{texts.stale}</p> : null}
      <LastChecked at={status.last_synced_at} />
    </>
  );
}

function PlanNote({ standing, note }: { standing: Standing; note: string }) {
  const urgent = owes(standing) || standing.kind === "paused";
  if (!urgent) return <p className="mt-1 text-muted">{note}</p>;
  return (
    <p className="mt-3 flex gap-3 rounded-md bg-sunken p-4">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
      {note}
    </p>
  );
}

interface Charging {
  standing: Standing;
  currency: string | undefined;
  cardless: boolean;
}

/** Said only where there is something to say: a date and an amount, or that a cancelled one costs nothing more. */
function nextCharge(status: Status, { standing, currency, cardless }: Charging) {
  const nothing = { name: texts.nextCharge, value: texts.noCharge };
  if (standing.kind === "ending" || standing.kind === "trial-ending") return [nothing];
  if (standing.kind === "trial" && cardless) return [nothing];
  if (!status.next_charge || standing.kind === "withdrawn") return [];
  const { at, amount_ore } = status.next_charge;
  const date = formats.date(at);
  const value = currency
    ? texts.charge(formats.money(amount_ore, currency), date)
    : texts.chargeNoPrice(date);
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
