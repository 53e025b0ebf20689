import { Button } from "../../../components/button.tsx";
import { Card } from "../../../components/card.tsx";
import { DetailList } from "../../../components/detail-list.tsx";
import { Notice } from "../../../components/notice.tsx";
import { PageHeading } from "../../../components/page-heading.tsx";
import { formats } from "../../../lib/format.ts";
import { failureText } from "../../../texts/failures.ts";
import { withdrawalTexts as texts } from "../../../texts/withdrawal.ts";
import type { Withdrawal } from "../../subscription/types.ts";
import { isOutdated, type Statement } from "../step.ts";
import { useWithdraw } from "../use-withdraw.ts";
import { Effects } from "./effects.tsx";

interface ConfirmStepProps {
  withdrawal: Withdrawal;
  statement: Statement;
  onBack: () => void;
}

/** The second step: the statement as it will be sent, and the one button that sends it. */
export function ConfirmStep({ withdrawal, statement, onBack }: ConfirmStepProps) {
  const withdraw = useWithdraw();
  const { contract } = withdrawal;
  const failure = withdraw.failure && !isOutdated(withdraw.failure) ? withdraw.failure : null;
  return (
    <>
      <PageHeading tab={texts.tab} title={texts.check}>
        {texts.checkLead}
      </PageHeading>
      <div className="grid gap-5">
        <Card title={texts.statement}>
          {contract ? (
            <p className="mb-5 text-pretty">
              “{texts.statementText(contract.service, formats.date(contract.concluded_at))}”
            </p>
          ) : null}
          <DetailList
            details={[
              { name: texts.name, value: <Typed text={statement.name} /> },
              { name: texts.receiptTo, value: <Typed text={statement.email} /> },
              ...(contract
                ? [
                    {
                      name: texts.contract,
                      value: <code className="font-mono text-small break-all">{contract.id}</code>,
                    },
                  ]
                : []),
            ]}
          />
        </Card>
        <Effects />
        {failure ? (
          <Notice tone="problem" title={failureText(failure).title}>
            {texts.notStored}
          </Notice>
        ) : null}
        <div className="flex flex-col gap-2 sm:flex-row">
          <Button look="danger" busy={withdraw.busy} onClick={() => withdraw.send(statement)}>
            {withdraw.busy ? texts.busy : texts.confirm}
          </Button>
          <Button look="secondary" onClick={onBack} aria-disabled={withdraw.busy || undefined}>
            {texts.back}
          </Button>
        </div>
      </div>
    </>
  );
}

const Typed = ({ text }: { text: string }) => <span className="[overflow-wrap:anywhere]">{text}</span>;
