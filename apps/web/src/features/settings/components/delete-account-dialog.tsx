import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Modal } from "../../../components/modal.tsx";
import { Notice } from "../../../components/notice.tsx";
import { failureOf } from "../../../lib/failure.ts";
import { formats } from "../../../lib/format.ts";
import { trpc } from "../../../lib/trpc.ts";
import { useSubmit } from "../../../lib/use-submit.ts";
import { accountTexts } from "../../../texts/account.ts";
import { settingsTexts } from "../../../texts/settings.ts";
import { useUser } from "../../account/auth-context.tsx";
import { PasswordField } from "../../account/components/password-field.tsx";
import { rememberLogin, whileLeaving } from "../../account/login-hint.ts";
import { useSubscription } from "../../subscription/subscription-context.tsx";
import { forgetPickedFiles } from "../../uploads/forget-picked-files.ts";
import { deletionOf } from "../deletion-effects.ts";
import { DeletionFailure } from "./deletion-failure.tsx";

const texts = settingsTexts.deleteAccount;

/** Says what goes and what stays, asks for the password, and deletes. */
export function DeleteAccountDialog({ onClose }: { onClose: () => void }) {
  const user = useUser();
  const { standing, withdrawal } = useSubscription();
  const { client } = trpc.useUtils();
  const [problem, setProblem] = useState<string>();
  const deletion = deletionOf({ standing, withdrawal, premiumUntil: user.subscription_expiry }, formats);
  const form = useSubmit(async ({ password = "" }) => {
    setProblem(password === "" ? accountTexts.problems.passwordMissing : undefined);
    if (password === "") return;
    try {
      await whileLeaving(() => client.user.deleteAccount.mutate({ password }));
    } catch (thrown) {
      if (failureOf(thrown).code !== "FORBIDDEN") throw thrown;
      return setProblem(texts.wrong);
    }
    rememberLogin(null);
    await forgetPickedFiles();
    location.replace("/account-deleted");
  });
  // Once it is under way nobody can keep the account by closing the dialog.
  const close = form.busy ? () => {} : onClose;
  return (
    <Modal open onClose={close} title={texts.dialogTitle} description={texts.dialogText}>
      <ul className="grid list-disc gap-2 pl-5 marker:text-muted">
        {deletion.effects.map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
      {deletion.withdrawFirst ? (
        <div className="mt-5">
          <Notice
            tone="attention"
            live={false}
            title={deletion.withdrawFirst}
            actions={
              <Link
                to="/withdraw"
                className="inline-flex min-h-11 items-center font-medium text-accent underline-offset-4 hover:underline"
              >
                {texts.withdrawLink}
              </Link>
            }
          />
        </div>
      ) : null}
      <form noValidate onSubmit={form.onSubmit} className="mt-6 grid gap-5">
        <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />
        <PasswordField
          label={texts.password}
          name="password"
          autoComplete="current-password"
          error={problem}
        />
        {form.failure ? <DeletionFailure failure={form.failure} /> : null}
        <div className="flex flex-col gap-2 sm:flex-row-reverse sm:justify-start">
          <Button type="submit" look="danger" busy={form.busy}>
            {form.busy ? texts.busy : texts.confirm}
          </Button>
          <Button look="secondary" onClick={close} aria-disabled={form.busy || undefined}>
            {texts.keep}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
