import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Notice } from "../../../components/notice.tsx";
import { TextField } from "../../../components/text-field.tsx";
import { useSubmit } from "../../../lib/use-submit.ts";
import { accountTexts } from "../../../texts/account.ts";
import { requestPasswordReset } from "../auth-client.ts";
import { emailProblem } from "../check-fields.ts";
import { EntryPage, textLink } from "./entry-page.tsx";
import { FailureNotice } from "./failure-notice.tsx";

const texts = accountTexts.forgot;

/** Answers the same whether the account exists or not. */
export function ForgotPasswordPage() {
  const [problem, setProblem] = useState<string>();
  const [sentTo, setSentTo] = useState<string>();
  const form = useSubmit(async ({ email = "" }) => {
    const found = emailProblem(email.trim());
    setProblem(found);
    if (found) return;
    await requestPasswordReset(email.trim());
    setSentTo(email.trim());
  });
  return (
    <EntryPage
      tab={texts.tab}
      title={texts.title}
      lead={sentTo ? undefined : texts.lead}
      footer={
        <Link to="/sign-in" className={textLink}>
          {texts.back}
        </Link>
      }
    >
      {sentTo ? (
        <Notice tone="good" title={texts.sent}>
          {texts.sentText(sentTo)}
        </Notice>
      ) : (
        <form noValidate onSubmit={form.onSubmit} className="grid gap-5">
          <TextField
            label={accountTexts.email}
            name="email"
            type="email"
            autoComplete="username"
            inputMode="email"
            required
            error={problem}
          />
          <FailureNotice failure={form.failure} />
          <Button type="submit" wide busy={form.busy}>
            {form.busy ? texts.busy : texts.submit}
          </Button>
        </form>
      )}
    </EntryPage>
  );
}
