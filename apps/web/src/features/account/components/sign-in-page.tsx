import { Link, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Notice } from "../../../components/notice.tsx";
import { TextField } from "../../../components/text-field.tsx";
import type { Failure } from "../../../lib/failure.ts";
import { useSubmit } from "../../../lib/use-submit.ts";
import { accountTexts } from "../../../texts/account.ts";
import { withdrawalTexts } from "../../../texts/withdrawal.ts";
import { signIn } from "../auth-client.ts";
import { useAuth } from "../auth-context.tsx";
import { emailProblem, type FieldErrors, hasErrors } from "../check-fields.ts";
import { readEntrySearch } from "../destination.ts";
import { EntryPage, textLink } from "./entry-page.tsx";
import { FailureNotice } from "./failure-notice.tsx";
import { PasswordField } from "./password-field.tsx";

const texts = accountTexts.signIn;

const explain = (failure: Failure) => (failure.kind === "auth" ? texts.wrong : undefined);

export function SignInPage() {
  const auth = useAuth();
  const search = useSearch({ strict: false });
  const entry = readEntrySearch(search);
  const [errors, setErrors] = useState<FieldErrors>({});
  const form = useSubmit(async ({ email = "", password = "" }) => {
    const found: FieldErrors = {
      email: emailProblem(email.trim()),
      password: password === "" ? accountTexts.problems.passwordMissing : undefined,
    };
    setErrors(found);
    if (hasErrors(found)) return;
    await signIn(email.trim(), password);
    await auth.checkLogin();
  });
  return (
    <EntryPage
      tab={texts.tab}
      title={texts.title}
      footer={
        <>
          {texts.other}{" "}
          <Link to="/sign-up" search={entry} className={textLink}>
            {texts.otherLink}
          </Link>
        </>
      }
    >
      <form noValidate onSubmit={form.onSubmit} className="grid gap-5">
        {entry.session_id ? <Notice tone="calm" title={texts.afterPayment} /> : null}
        {"changed" in search ? <Notice tone="good" title={texts.passwordChanged} /> : null}
        {entry.next === "/withdraw" ? <Notice tone="calm" title={withdrawalTexts.signIn} /> : null}
        {auth.expired && !entry.session_id ? <Notice tone="calm" title={texts.expired} /> : null}
        <TextField
          label={accountTexts.email}
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          required
          error={errors.email}
        />
        <PasswordField
          label={accountTexts.password}
          name="password"
          autoComplete="current-password"
          error={errors.password}
        />
        <FailureNotice failure={form.failure} explain={explain} />
        <Button type="submit" wide busy={form.busy}>
          {form.busy ? texts.busy : texts.submit}
        </Button>
        <Link to="/forgot-password" className={`${textLink} justify-self-start`}>
          {texts.forgot}
        </Link>
      </form>
    </EntryPage>
  );
}
