import { useState } from "react";
import { PageHeading } from "../../../components/page-heading.tsx";
import { consoleTexts } from "../../../texts/operations-console.ts";
import { jobTexts as texts } from "../../../texts/operations-work.ts";
import { ConfirmDialog } from "../parts/confirm-dialog.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Empty, Failed, Loading } from "../parts/list-states.tsx";
import { useJobs, useRestartJob } from "./hooks.ts";
import { jobColumns } from "./job-columns.tsx";

/** What runs in the background, how it is doing, and a way to begin anew. */
export default function JobsPage(_props: { item: string | null }) {
  const jobs = useJobs();
  const [picked, setPicked] = useState<string | null>(null);
  const [asks, setAsks] = useState(false);
  const [said, setSaid] = useState("");
  const restart = useRestartJob((asked, job) => {
    setAsks(false);
    setSaid(texts.done(job, asked));
  });
  const pick = (job: string) => {
    restart.reset();
    setSaid("");
    setPicked(job);
    setAsks(true);
  };
  return (
    <>
      <PageHeading tab={consoleTexts.tab(texts.title)} title={texts.title}>
        {texts.about}
      </PageHeading>
      <p role="status" className="mb-4 rounded-md bg-accent-soft px-4 py-3 empty:hidden">
        {said}
      </p>
      {jobs.data ? (
        jobs.data.jobs.length === 0 ? (
          <Empty title={texts.empty} text={texts.emptyText} />
        ) : (
          <DataTable
            label={texts.title}
            columns={jobColumns(pick)}
            rows={jobs.data.jobs}
            idOf={({ job, server_id }) => `${job} ${server_id}`}
          />
        )
      ) : jobs.error ? (
        <Failed error={jobs.error} retry={() => void jobs.refetch()} title={texts.failed} />
      ) : (
        <Loading label={texts.loading} />
      )}
      <ConfirmDialog
        open={asks}
        title={texts.dialog.title(picked ?? "")}
        text={texts.dialog.text}
        confirm={restart.busy ? texts.dialog.busy : texts.dialog.confirm}
        busy={restart.busy}
        failure={restart.failure}
        onConfirm={() => picked !== null && restart.run({ job: picked })}
        onClose={() => setAsks(false)}
      />
    </>
  );
}
