import { Button } from "../../../components/button.tsx";
import { Card } from "../../../components/card.tsx";
import { useSubmit } from "../../../lib/use-submit.ts";
import { settingsTexts } from "../../../texts/settings.ts";
import { useAuth } from "../../account/auth-context.tsx";
import { FailureNotice } from "../../account/components/failure-notice.tsx";

const texts = settingsTexts.signOut;

export function SignOutCard() {
  const { signOut } = useAuth();
  const form = useSubmit(signOut);
  return (
    <Card title={texts.title} description={texts.text}>
      <form onSubmit={form.onSubmit} className="grid justify-items-start gap-4">
        <FailureNotice failure={form.failure} />
        <Button type="submit" look="secondary" busy={form.busy}>
          {form.busy ? texts.busy : texts.button}
        </Button>
      </form>
    </Card>
  );
}
