import { Card } from "../../../components/card.tsx";
import { storyTexts } from "../../../texts/operations-users.ts";
import { Empty, Failed, Loading } from "../parts/list-states.tsx";
import { LoadMore } from "../parts/load-more.tsx";
import { useFilters } from "../parts/use-filters.ts";
import { useTimeline } from "./hooks.ts";
import { KindChips, readKinds, writeKinds } from "./kind-chips.tsx";
import { StoryDays } from "./story-days.tsx";
import { Way } from "./way.tsx";

/** The story of a user, newest first, as it goes on. */
export function Story({ userId }: { userId: string }) {
  const filters = useFilters("kinds");
  const kinds = readKinds(filters.values.kinds);
  const list = useTimeline(userId, kinds);
  const { rows } = list;
  return (
    <Card title={storyTexts.title} description={storyTexts.about}>
      <KindChips kinds={kinds} onChange={(next) => filters.set("kinds", writeKinds(next))} />
      {rows ? (
        <div aria-busy={list.isChanging || undefined} className={list.isChanging ? "opacity-60" : undefined}>
          {kinds.length === 0 ? <Way entries={rows} /> : null}
          {rows.length === 0 ? (
            <Empty
              title={kinds.length === 0 ? storyTexts.empty : storyTexts.nothingFits}
              text={kinds.length === 0 ? storyTexts.emptyText : storyTexts.nothingFitsText}
            />
          ) : (
            <>
              <StoryDays entries={rows} />
              <LoadMore list={list} />
            </>
          )}
        </div>
      ) : list.error ? (
        <Failed error={list.error} retry={list.retry} title={storyTexts.failed} />
      ) : (
        <Loading label={storyTexts.title} />
      )}
    </Card>
  );
}
