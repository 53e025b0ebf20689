import { Button } from "../../../components/button.tsx";
import { formats } from "../../../lib/format.ts";
import { consoleTexts } from "../../../texts/operations-console.ts";
import { Failed } from "./list-states.tsx";
import type { ConsoleList } from "./use-console-list.ts";

const texts = consoleTexts.list;

/** The end of a list: more of it, or that this is all. */
export function LoadMore({ list }: { list: ConsoleList<unknown> }) {
  const count = list.rows?.length ?? 0;
  if (list.moreFailed) return <Failed error={list.error} retry={list.loadMore} title={texts.failedOlder} />;
  return (
    <div className="mt-4 flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2 text-small text-muted">
      {list.hasMore ? (
        <Button look="secondary" busy={list.isLoadingMore} onClick={list.loadMore}>
          {list.isLoadingMore ? texts.loadingMore : texts.more}
        </Button>
      ) : null}
      <p role="status" className="tabular-nums">
        {list.hasMore
          ? texts.loaded(formats.number(count))
          : count === 0
            ? null
            : texts.end(count, formats.number(count))}
      </p>
    </div>
  );
}
