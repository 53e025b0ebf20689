import { Button } from "../../../components/button.tsx";
import { Card } from "../../../components/card.tsx";
import { Notice } from "../../../components/notice.tsx";
import { Skeleton } from "../../../components/skeleton.tsx";
import { failureOf } from "../../../lib/failure.ts";
import { billingTexts as texts } from "../../../texts/billing.ts";
import { words } from "../../../texts/everywhere.ts";
import { failureText } from "../../../texts/failures.ts";
import { useBilling } from "../hooks.ts";
import { hasPortal } from "../standing.ts";
import { useSubscription } from "../subscription-context.tsx";
import { CardOnFile } from "./card-on-file.tsx";
import { Receipts } from "./receipts.tsx";

/** The card that is charged, and what it was charged; absent for who never bought. */
export function PaymentCard() {
  const { standing } = useSubscription();
  const shown = standing !== null && hasPortal(standing);
  const billing = useBilling(shown);
  if (!shown) return null;
  const again = () => void billing.refetch();
  return (
    <Card title={texts.title}>
      {billing.data?.available ? (
        <div className="grid gap-6">
          <CardOnFile card={billing.data.card} />
          <Receipts receipts={billing.data.receipts} />
        </div>
      ) : billing.data ? (
        <Away title={texts.awayTitle} text={texts.away} busy={billing.isFetching} retry={again} />
      ) : billing.error ? (
        <Away
          title={texts.failed}
          text={failureText(failureOf(billing.error)).text}
          busy={billing.isFetching}
          retry={again}
        />
      ) : (
        <Loading />
      )}
    </Card>
  );
}

interface AwayProps {
  title: string;
  text: string;
  busy: boolean;
  retry: () => void;
}

function Away({ title, text, busy, retry }: AwayProps) {
  return (
    <Notice
      tone="calm"
      title={title}
      actions={
        <Button look="secondary" busy={busy} onClick={retry}>
          {words.retry}
        </Button>
      }
    >
      {text}
    </Notice>
  );
}

/** As high as a card and one receipt. */
function Loading() {
  return (
    <div role="status">
      <span className="sr-only">{texts.loading}</span>
      <div className="flex min-h-11 items-center justify-between">
        <Skeleton className="h-5 w-44" />
        <Skeleton className="h-11 w-24" />
      </div>
      <Skeleton className="mt-6 h-5 w-20" />
      <Skeleton className="mt-3 h-11 w-full" />
    </div>
  );
}
