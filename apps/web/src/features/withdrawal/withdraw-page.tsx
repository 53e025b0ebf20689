import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { Button, buttonLook } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import { PageHeading } from "../../components/page-heading.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { failureOf } from "../../lib/failure.ts";
import { formats } from "../../lib/format.ts";
import { words } from "../../texts/everywhere.ts";
import { failureText } from "../../texts/failures.ts";
import { withdrawalTexts as texts } from "../../texts/withdrawal.ts";
import { useWithdrawal } from "../subscription/hooks.ts";
import type { Withdrawal } from "../subscription/types.ts";
import { lastDayOf } from "../subscription/withdrawal-days.ts";
import { ConfirmStep } from "./components/confirm-step.tsx";
import { Received } from "./components/received.tsx";
import { StatementForm } from "./components/statement-form.tsx";
import { type Statement, stepOf } from "./step.ts";

/** Withdrawing from the contract: statement, confirmation, receipt (Directive (EU) 2023/2673). */
export function WithdrawPage() {
  const withdrawal = useWithdrawal(true);
  if (withdrawal.data) return <Road withdrawal={withdrawal.data} />;
  return (
    <>
      <PageHeading tab={texts.tab} title={texts.title} />
      {withdrawal.error ? (
        <Notice
          tone="problem"
          title={texts.failed}
          actions={<Button onClick={() => void withdrawal.refetch()}>{words.retry}</Button>}
        >
          {failureText(failureOf(withdrawal.error)).text}
        </Notice>
      ) : (
        <div role="status">
          <span className="sr-only">{words.loading}</span>
          <Skeleton className="h-12 w-full" />
          <Skeleton className="mt-8 h-72 w-full" />
        </div>
      )}
    </>
  );
}

function Road({ withdrawal }: { withdrawal: Withdrawal }) {
  const [draft, setDraft] = useState<Statement | null>(null);
  const [stated, setStated] = useState(false);
  const step = stepOf(withdrawal, stated ? draft : null);
  const shown = useRef(step.kind);
  useEffect(() => {
    if (shown.current !== step.kind) scrollTo(0, 0);
    shown.current = step.kind;
  }, [step.kind]);
  // Each step is a page of its own: its heading takes the focus.
  return <div key={step.kind}>{show()}</div>;

  function show() {
    switch (step.kind) {
      case "statement":
        return (
          <StatementForm
            withdrawal={withdrawal}
            draft={draft ?? { name: withdrawal.name, email: withdrawal.email }}
            onStated={(statement) => {
              setDraft(statement);
              setStated(true);
            }}
          />
        );
      case "confirm":
        return (
          <ConfirmStep withdrawal={withdrawal} statement={step.statement} onBack={() => setStated(false)} />
        );
      case "received":
        return <Received withdrawal={withdrawal} />;
      case "over":
        return (
          <Dead
            title={texts.over}
            text={texts.overText(formats.date(lastDayOf(step.until)))}
            link={texts.toCancel}
          />
        );
      case "none":
        return <Dead title={texts.none} text={texts.noneText} link={texts.toSettings} />;
    }
  }
}

function Dead({ title, text, link }: { title: string; text: string; link: string }) {
  return (
    <>
      <PageHeading tab={texts.tab} title={title} />
      <p className="text-pretty">{text}</p>
      <Link to="/settings" className={`${buttonLook("secondary")} mt-6`}>
        {link}
      </Link>
    </>
  );
}
