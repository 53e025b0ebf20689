import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { Button, buttonLook } from "../../../components/button.tsx";
import { Notice } from "../../../components/notice.tsx";
import { useSubmit } from "../../../lib/use-submit.ts";
import { accountTexts } from "../../../texts/account.ts";
import { resetPassword } from "../auth-client.ts";
import { passwordProblem } from "../check-fields.ts";
import { EntryPage } from "./entry-page.tsx";
import { FailureNotice } from "./failure-notice.tsx";
import { PasswordField } from "./password-field.tsx";

const texts = accountTexts.reset;

/** Where the letter's link leads, with its token. */
export function ResetPasswordPage() {
  const { token } = useSearch({ strict: false }) as { token?: string };
  const navigate = useNavigate();
  const [problem, setProblem] = useState<string>();
  const form = useSubmit(async ({ password = "" }) => {
    const found = passwordProblem(password);
    setProblem(found);
    if (found || !token) return;
    await resetPassword(token, password);
    await navigate({ to: "/sign-in", search: { changed: "1" } });
  });
  const dead = !token || form.failure?.kind === "refused" || form.failure?.kind === "auth";
  return (
    <EntryPage tab={texts.tab} title={texts.title}>
      {dead ? (
        <Notice
          tone="calm"
          title={texts.invalid}
          actions={
            <Link to="/forgot-password" className={buttonLook("primary")}>
              {texts.askAgain}
            </Link>
          }
        >
          {texts.invalidText}
        </Notice>
      ) : (
        <form noValidate onSubmit={form.onSubmit} className="grid gap-5">
          <PasswordField
            label={texts.newPassword}
            name="password"
            autoComplete="new-password"
            hint={accountTexts.passwordHint}
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
