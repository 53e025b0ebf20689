import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Card } from "../../../components/card.tsx";
import type { Failure } from "../../../lib/failure.ts";
import { useSubmit } from "../../../lib/use-submit.ts";
import { accountTexts } from "../../../texts/account.ts";
import { settingsTexts } from "../../../texts/settings.ts";
import { changePassword } from "../../account/auth-client.ts";
import { useUser } from "../../account/auth-context.tsx";
import { passwordProblem } from "../../account/check-fields.ts";
import { FailureNotice } from "../../account/components/failure-notice.tsx";
import { PasswordField } from "../../account/components/password-field.tsx";
import { useLogins } from "../hooks.ts";
import { SaveRow } from "./save-row.tsx";

const texts = settingsTexts.password;

const explain = (failure: Failure) =>
  failure.kind === "refused" || failure.kind === "auth" ? texts.wrong : undefined;

export function PasswordCard() {
  const user = useUser();
  const { refetch } = useLogins();
  const [problems, setProblems] = useState<{ current?: string; next?: string }>({});
  const [saves, setSaves] = useState(0);
  const [saved, setSaved] = useState(false);
  const form = useSubmit(async ({ current = "", next = "" }) => {
    const wrongNext = passwordProblem(next);
    const missing = current === "" ? accountTexts.problems.passwordMissing : undefined;
    setProblems({ ...(missing && { current: missing }), ...(wrongNext && { next: wrongNext }) });
    setSaved(false);
    if (missing || wrongNext) return;
    await changePassword(current, next);
    setSaves((count) => count + 1);
    setSaved(true);
    void refetch();
  });
  return (
    <Card title={texts.title} description={texts.note}>
      <form key={saves} noValidate onSubmit={form.onSubmit} className="grid gap-5">
        {/* Lets a password manager know whose password changes. */}
        <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />
        <PasswordField
          label={texts.current}
          name="current"
          autoComplete="current-password"
          error={problems.current}
        />
        <PasswordField
          label={texts.next}
          name="next"
          autoComplete="new-password"
          hint={accountTexts.passwordHint}
          error={problems.next}
        />
        <FailureNotice failure={form.failure} explain={explain} />
        <SaveRow saved={saved ? texts.saved : null}>
          <Button type="submit" look="secondary" busy={form.busy}>
            {form.busy ? texts.busy : texts.save}
          </Button>
        </SaveRow>
      </form>
    </Card>
  );
}
