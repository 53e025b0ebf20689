import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Card } from "../../../components/card.tsx";
import { DetailList } from "../../../components/detail-list.tsx";
import { PageHeading } from "../../../components/page-heading.tsx";
import { TextField } from "../../../components/text-field.tsx";
import { formats } from "../../../lib/format.ts";
import { useSubmit } from "../../../lib/use-submit.ts";
import { withdrawalTexts as texts } from "../../../texts/withdrawal.ts";
import { emailProblem, type FieldErrors, hasErrors, nameProblem } from "../../account/check-fields.ts";
import type { Withdrawal } from "../../subscription/types.ts";
import { lastDayOf } from "../../subscription/withdrawal-days.ts";
import type { Statement } from "../step.ts";
import { Effects } from "./effects.tsx";

interface StatementFormProps {
  withdrawal: Withdrawal;
  draft: Statement;
  onStated: (statement: Statement) => void;
}

/** The first step: what is withdrawn from, by whom, and where the receipt goes. Nothing is sent yet. */
export function StatementForm({ withdrawal, draft, onStated }: StatementFormProps) {
  const [errors, setErrors] = useState<FieldErrors>({});
  const form = useSubmit(async ({ name = "", email = "" }) => {
    const found: FieldErrors = { name: nameProblem(name), email: emailProblem(email.trim()) };
    setErrors(found);
    if (!hasErrors(found)) onStated({ name: name.trim(), email: email.trim() });
  });
  const { contract } = withdrawal;
  return (
    <>
      <PageHeading tab={texts.tab} title={texts.title}>
        {contract ? texts.lead(formats.date(lastDayOf(contract.until))) : null}
      </PageHeading>
      <div className="grid gap-5">
        <Effects />
        <Card title={texts.statement}>
          {contract ? (
            <div className="mb-6">
              <DetailList
                details={[
                  { name: texts.service, value: contract.service },
                  { name: texts.ordered, value: formats.date(contract.concluded_at) },
                  {
                    name: texts.contract,
                    value: <code className="font-mono text-small break-all">{contract.id}</code>,
                  },
                ]}
              />
            </div>
          ) : null}
          <form noValidate onSubmit={form.onSubmit} className="grid gap-5">
            <TextField
              label={texts.name}
              name="name"
              autoComplete="name"
              defaultValue={draft.name}
              error={errors.name}
              required
            />
            <TextField
              label={texts.email}
              name="email"
              type="email"
              inputMode="email"
              autoComplete="email"
              defaultValue={draft.email}
              error={errors.email}
              required
            />
            <Button type="submit" className="justify-self-start max-sm:w-full">
              {texts.next}
            </Button>
          </form>
        </Card>
        <p className="text-muted">
          {texts.cancelInstead}{" "}
          <Link to="/settings" className="font-medium text-accent underline-offset-4 hover:underline">
            {texts.cancelInsteadLink}
          </Link>
          .
        </p>
      </div>
    </>
  );
}
