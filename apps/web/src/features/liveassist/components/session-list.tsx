import { Button } from "../../../components/button.tsx";
import { Notice } from "../../../components/notice.tsx";
import { Skeleton } from "../../../components/skeleton.tsx";
import { failureOf } from "../../../lib/failure.ts";
import { words } from "../../../texts/everywhere.ts";
import { failureText } from "../../../texts/failures.ts";
import { liveassistTexts } from "../../../texts/liveassist.ts";
import { useSessions } from "../use-sessions.ts";
import { SessionItem } from "./session-item.tsx";

const texts = liveassistTexts.sessions;

/** The sessions that a search finds, all without one; every state it can be in has its own look. */
export function SessionList({ query, onPick }: { query: string; onPick: () => void }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useSessions(query);
  const sessions = data?.pages.flat();
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-5">
      {error && !sessions ? (
        <div className="px-3">
          <Notice
            tone="problem"
            title={texts.failed}
            actions={
              <Button look="secondary" onClick={() => void refetch()}>
                {words.retry}
              </Button>
            }
          >
            {failureText(failureOf(error)).text}
          </Notice>
        </div>
      ) : null}
      {!sessions && !error ? <ListSkeleton /> : null}
      {sessions?.length === 0 ? (
        <p role="status" className="px-3 py-4 text-muted">
          {query === "" ? texts.none : texts.noneFound(query)}
        </p>
      ) : null}
      <ul>
        {sessions?.map((session) => (
          <SessionItem key={session.id} session={session} onPick={onPick} />
        ))}
      </ul>
      {hasNextPage ? (
        <div className="px-3 pt-3">
          <Button look="secondary" wide busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {texts.more}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function ListSkeleton() {
  return (
    <div role="status" className="grid gap-6 px-3 py-3">
      <span className="sr-only">{words.loading}</span>
      {[0, 1, 2, 3].map((row) => (
        <div key={row} className="grid gap-2">
          <Skeleton className="h-4 w-3/4" />
          <Skeleton className="h-3.5 w-24" />
        </div>
      ))}
    </div>
  );
}
