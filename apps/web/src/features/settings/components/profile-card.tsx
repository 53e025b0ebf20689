import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Card } from "../../../components/card.tsx";
import { TextField } from "../../../components/text-field.tsx";
import { useSubmit } from "../../../lib/use-submit.ts";
import { settingsTexts } from "../../../texts/settings.ts";
import { updateName } from "../../account/auth-client.ts";
import { useAuth, useUser } from "../../account/auth-context.tsx";
import { nameProblem } from "../../account/check-fields.ts";
import { FailureNotice } from "../../account/components/failure-notice.tsx";
import { SaveRow } from "./save-row.tsx";

const texts = settingsTexts.profile;

export function ProfileCard() {
  const user = useUser();
  const { refreshUser } = useAuth();
  const [problem, setProblem] = useState<string>();
  const [saved, setSaved] = useState(false);
  const form = useSubmit(async ({ name = "" }) => {
    const found = nameProblem(name);
    setProblem(found);
    setSaved(false);
    if (found) return;
    await updateName(name.trim());
    await refreshUser();
    setSaved(true);
  });
  return (
    <Card title={texts.title}>
      <form noValidate onSubmit={form.onSubmit} className="grid gap-5">
        <TextField
          label={texts.name}
          name="name"
          autoComplete="name"
          defaultValue={user.name}
          hint={texts.nameHint}
          error={problem}
          onInput={() => setSaved(false)}
          required
        />
        <div>
          <p className="font-medium">{texts.email}</p>
          <p className="text-muted [overflow-wrap:anywhere]">{user.email}</p>
        </div>
        <FailureNotice failure={form.failure} />
        <SaveRow saved={saved ? texts.saved : null}>
          <Button type="submit" look="secondary" busy={form.busy}>
            {form.busy ? texts.busy : texts.save}
          </Button>
        </SaveRow>
      </form>
    </Card>
  );
}
