import { useState } from "react";
import { Button } from "../../../../components/button.tsx";
import { Notice } from "../../../../components/notice.tsx";
import { formats } from "../../../../lib/format.ts";
import { driftTexts } from "../../../../texts/operations-ledger.ts";
import { FailureNote } from "../../../community/components/failure-note.tsx";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { Failed, Loading } from "../../parts/list-states.tsx";
import { Part } from "../../parts/part.tsx";
import type { ConsoleList } from "../../parts/use-console-list.ts";
import { useStartWalk, type Walk } from "../hooks.ts";
import { type AskedWalk, walkNews } from "../walk-news.ts";
import { WalkReport } from "./walk-report.tsx";

const texts = driftTexts.walk;

/** The newest walk as it goes on, and what can be done: run one now, or accept what one stopped at. */
export function LastWalk({ walks }: { walks: ConsoleList<Walk> }) {
  const [asks, setAsks] = useState(false);
  const [asked, setAsked] = useState<AskedWalk | null>(null);
  const start = useStartWalk((started) => {
    setAsks(false);
    setAsked(started);
  });
  const walk = walks.rows?.[0];
  const isMass = walk?.state === "stopped" && walk.counts["stopped"] === 1;
  const losing = formats.number(walk?.counts["downgrades"] ?? 0);
  return (
    <Part
      title={texts.title}
      aside={
        <Button
          look="secondary"
          busy={start.busy && !asks}
          onClick={() => {
            setAsked(null);
            start.run({});
          }}
        >
          {start.busy && !asks ? texts.asking : texts.run}
        </Button>
      }
    >
      <div className="grid gap-4">
        <div role="status" className="text-small text-muted empty:hidden">
          {asked ? walkNews(asked, walk) : null}
        </div>
        {asks ? null : <FailureNote failure={start.failure} />}
        {isMass ? (
          <Notice
            tone="problem"
            live={false}
            title={texts.massTitle}
            actions={
              <Button look="danger" onClick={() => setAsks(true)}>
                {texts.accept}
              </Button>
            }
          >
            {texts.massText(losing, formats.number(walk.counts["payers"] ?? 0))}
          </Notice>
        ) : walk?.state === "stopped" ? (
          <Notice tone="problem" live={false} title={texts.brokenTitle}>
            {texts.brokenText}
          </Notice>
        ) : null}
        {walk ? (
          <WalkReport walk={walk} />
        ) : walks.rows ? (
          <p className="rounded-md bg-sunken p-4">
            {texts.none}. <span className="text-muted">{texts.noneText}</span>
          </p>
        ) : walks.error ? (
          <Failed error={walks.error} retry={walks.retry} />
        ) : (
          <Loading label={texts.loading} rows={2} />
        )}
      </div>
      <ConfirmDialog
        open={asks}
        title={texts.acceptTitle}
        text={texts.acceptText(losing)}
        confirm={start.busy ? texts.asking : texts.acceptConfirm}
        busy={start.busy}
        failure={start.failure}
        isDangerous
        onConfirm={() => start.run({ acceptDowngrades: true })}
        onClose={() => setAsks(false)}
      />
    </Part>
  );
}
