import { useState } from "react";
import { Card } from "../../../components/card.tsx";
import { Skeleton } from "../../../components/skeleton.tsx";
import { operationsTexts } from "../../../texts/operations.ts";
import { useAnswerFocus } from "../use-answer-focus.ts";
import { useReports } from "./hooks.ts";
import { ReportedPost } from "./reported-post.tsx";
import { ReportsAway } from "./reports-away.tsx";

const texts = operationsTexts.reports;

/** Posts that people reported, to be kept or removed. */
export function ReportsCard() {
  const reports = useReports();
  // Each answer is a new object: the second of two equal ones takes the focus as well.
  const [said, setSaid] = useState<{ text: string } | null>(null);
  const status = useAnswerFocus(said);
  const onDecided = (resolution: "kept" | "removed") => setSaid({ text: texts[resolution] });
  return (
    <Card title={texts.title} description={texts.description}>
      <p
        ref={status}
        tabIndex={-1}
        role="status"
        className="mb-4 rounded-md bg-accent-soft px-4 py-3 outline-none empty:hidden"
      >
        {said?.text}
      </p>
      {reports.data ? (
        reports.data.length === 0 ? (
          <div className="rounded-md bg-sunken px-5 py-8 text-center">
            <h3 className="font-medium">{texts.emptyTitle}</h3>
            <p className="mt-1 text-small text-muted">{texts.emptyText}</p>
          </div>
        ) : (
          <ul className="grid gap-6">
            {reports.data.map((reported) => (
              <li key={reported.post.id}>
                <ReportedPost reported={reported} onDecided={onDecided} />
              </li>
            ))}
          </ul>
        )
      ) : reports.isError ? (
        <ReportsAway error={reports.error} retry={() => void reports.refetch()} />
      ) : (
        <div role="status">
          <span className="sr-only">{texts.loading}</span>
          <Skeleton className="h-5 w-48" />
          <Skeleton className="mt-3 h-4 w-full" />
          <Skeleton className="mt-2.5 h-4 w-2/3" />
          <Skeleton className="mt-5 h-11 w-56 max-w-full" />
        </div>
      )}
    </Card>
  );
}
