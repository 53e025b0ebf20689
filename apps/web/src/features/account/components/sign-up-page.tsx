import { Link, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Notice } from "../../../components/notice.tsx";
import { TextField } from "../../../components/text-field.tsx";
import { type Failure, failureOf } from "../../../lib/failure.ts";
import { useSubmit } from "../../../lib/use-submit.ts";
import { accountTexts } from "../../../texts/account.ts";
import { signUp } from "../auth-client.ts";
import { useAuth } from "../auth-context.tsx";
import {
  emailProblem,
  type FieldErrors,
  fieldErrorsOf,
  hasErrors,
  nameProblem,
  passwordProblem,
} from "../check-fields.ts";
import { readEntrySearch } from "../destination.ts";
import { EntryPage, textLink } from "./entry-page.tsx";
import { FailureNotice } from "./failure-notice.tsx";
import { PasswordField } from "./password-field.tsx";

const texts = accountTexts.signUp;
const inlineLink = "underline underline-offset-2 hover:text-text";

const explain = (failure: Failure) => (failure.code === "EMAIL_TAKEN" ? texts.taken : undefined);

export function SignUpPage() {
  const auth = useAuth();
  const entry = readEntrySearch(useSearch({ strict: false }));
  const [errors, setErrors] = useState<FieldErrors>({});
  const [mailSent, setMailSent] = useState(false);
  const form = useSubmit(async ({ name = "", email = "", password = "" }) => {
    const found: FieldErrors = {
      name: nameProblem(name),
      email: emailProblem(email.trim()),
      password: passwordProblem(password),
    };
    setErrors(found);
    if (hasErrors(found)) return;
    try {
      await signUp(name.trim(), email.trim(), password);
    } catch (thrown) {
      setErrors(fieldErrorsOf(failureOf(thrown)));
      throw thrown;
    }
    // Where addresses are verified, no login comes with the account: then the letter is the next step.
    await auth.checkLogin();
    setMailSent(true);
  });
  return (
    <EntryPage
      tab={texts.tab}
      title={texts.title}
      lead={texts.lead}
      footer={
        <>
          {texts.other}{" "}
          <Link to="/sign-in" search={entry} className={textLink}>
            {texts.otherLink}
          </Link>
        </>
      }
    >
      <form noValidate onSubmit={form.onSubmit} className="grid gap-5">
        <TextField label={accountTexts.name} name="name" autoComplete="name" required error={errors.name} />
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
          autoComplete="new-password"
          hint={accountTexts.passwordHint}
          error={errors.password}
        />
        <FailureNotice failure={form.failure} explain={explain} />
        {mailSent && auth.phase === "signed-out" ? (
          <Notice tone="good" title={texts.checkMail}>
            {texts.checkMailText}
          </Notice>
        ) : null}
        <Button type="submit" wide busy={form.busy}>
          {form.busy ? texts.busy : texts.submit}
        </Button>
        <p className="text-small text-muted">
          {texts.legal.before}
          <Link to="/terms" className={inlineLink}>
            {texts.legal.terms}
          </Link>
          {texts.legal.middle}
          <Link to="/privacy" className={inlineLink}>
            {texts.legal.privacy}
          </Link>
          {texts.legal.after}
        </p>
      </form>
    </EntryPage>
  );
}
