import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Card } from "../../../components/card.tsx";
import { trpc } from "../../../lib/trpc.ts";
import { useSubmit } from "../../../lib/use-submit.ts";
import { settingsTexts } from "../../../texts/settings.ts";
import { FailureNotice } from "../../account/components/failure-notice.tsx";
import { saveJson } from "../save-json.ts";
import { SaveRow } from "./save-row.tsx";

const texts = settingsTexts.download;

export function DownloadDataCard() {
  const { client } = trpc.useUtils();
  const [saved, setSaved] = useState(false);
  const form = useSubmit(async () => {
    setSaved(false);
    const { made_at, ...rest } = await client.user.exportData.mutate();
    saveJson(texts.file(made_at.slice(0, 10)), { made_at, ...rest });
    setSaved(true);
  });
  return (
    <Card title={texts.title} description={texts.text}>
      <form onSubmit={form.onSubmit} className="grid justify-items-start gap-4">
        <FailureNotice failure={form.failure} />
        <SaveRow saved={saved ? texts.saved : null}>
          <Button type="submit" look="secondary" busy={form.busy}>
            {form.busy ? texts.busy : texts.button}
          </Button>
        </SaveRow>
      </form>
    </Card>
  );
}
