import { Button } from "../../../components/button.tsx";
import { Notice } from "../../../components/notice.tsx";
import { failureOf } from "../../../lib/failure.ts";
import { words } from "../../../texts/everywhere.ts";
import { failureText } from "../../../texts/failures.ts";
import { operationsTexts } from "../../../texts/operations.ts";

export function ReportsAway({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <Notice
      tone="problem"
      title={operationsTexts.reports.failedTitle}
      actions={
        <Button look="secondary" onClick={retry}>
          {words.retry}
        </Button>
      }
    >
      {failureText(failureOf(error)).text}
    </Notice>
  );
}
