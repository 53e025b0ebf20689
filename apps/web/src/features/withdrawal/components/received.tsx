import { CircleCheck } from "lucide-react";
import { Card } from "../../../components/card.tsx";
import { DetailList } from "../../../components/detail-list.tsx";
import { PageHeading } from "../../../components/page-heading.tsx";
import { formats } from "../../../lib/format.ts";
import { withdrawalTexts as texts } from "../../../texts/withdrawal.ts";
import { useSubscription } from "../../subscription/subscription-context.tsx";
import type { Withdrawal } from "../../subscription/types.ts";

/** The third step, and what one finds here afterwards: received when, and what became of Premium and the money. */
export function Received({ withdrawal }: { withdrawal: Withdrawal }) {
  const { standing } = useSubscription();
  const { contract, received_at, refund, email } = withdrawal;
  const ended = standing?.kind !== "withdrawn" || standing.over;
  return (
    <>
      <PageHeading
        tab={texts.tab}
        title={
          <span className="flex items-start gap-3">
            <CircleCheck aria-hidden="true" className="mt-1 size-6 shrink-0 text-accent" />
            {texts.received}
          </span>
        }
      >
        {texts.keep}
      </PageHeading>
      <Card title={contract?.service ?? texts.service}>
        <div aria-live="polite">
          <DetailList
            details={[
              { name: texts.receivedAt, value: received_at ? formats.dateTime(received_at) : "" },
              {
                name: texts.receiptTo,
                value: <span className="[overflow-wrap:anywhere]">{email}</span>,
              },
              { name: texts.premiumEnded, value: ended ? texts.premiumEndedText : texts.premiumEnding },
              { name: texts.refund, value: refundWords(refund) },
              ...(contract
                ? [
                    { name: texts.ordered, value: formats.date(contract.concluded_at) },
                    {
                      name: texts.contract,
                      value: <code className="font-mono text-small break-all">{contract.id}</code>,
                    },
                  ]
                : []),
            ]}
          />
          {refund?.state === "pending" ? <Note text={texts.refundPendingNote} /> : null}
          {refund?.state === "done" ? <Note text={texts.refundDoneNote} /> : null}
        </div>
      </Card>
    </>
  );
}

function refundWords(refund: Withdrawal["refund"]): string {
  if (!refund || refund.state === "none") return texts.refundNone;
  const price = formats.money(refund.amount_ore, refund.currency);
  return refund.state === "done" ? texts.refundDone(price) : texts.refundPending(price);
}

const Note = ({ text }: { text: string }) => <p className="mt-5 text-pretty text-muted">{text}</p>;
