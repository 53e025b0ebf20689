import type { PostView } from "@liveassist/api/contract";
import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { useNow } from "../../../lib/use-now.ts";
import { usePosts } from "../hooks.ts";
import { postsIn } from "../pages.ts";
import { newestOf, shownOf } from "../rows.ts";
import { useFocusWish } from "../use-focus-wish.ts";
import { FeedEnd } from "./feed-end.tsx";
import { FeedAway, FeedSkeleton } from "./feed-states.tsx";
import { NewsPill } from "./news-pill.tsx";
import { PostArticle } from "./post-article.tsx";
import { ReportedNote } from "./reported-note.tsx";

interface FeedProps {
  /** Whose posts; null: everybody's. */
  author: string | null;
  empty: ReactNode;
  /** Set by the feed: shows what waits, from the top. */
  showNews?: RefObject<(() => void) | null>;
}

/** Posts, newest first. What comes while one reads waits above, and never moves what is read. */
export function Feed({ author, empty, showNews }: FeedProps) {
  const feed = usePosts(author);
  const now = useNow(30_000);
  const list = useRef<HTMLDivElement>(null);
  const posts = feed.data ? postsIn(feed.data) : null;
  const [seenUntil, setSeenUntil] = useState<string | null>(null);
  const [reported, setReported] = useState<readonly PostView[]>([]);
  const newest = posts && newestOf(posts);
  // Nothing was shown yet: whatever there is now is seen.
  if (newest !== null && !seenUntil && newest !== seenUntil) setSeenUntil(newest);

  const wish = useFocusWish(list);
  useEffect(() => {
    if (showNews) showNews.current = () => setSeenUntil(null);
  }, [showNews]);

  if (!posts) {
    if (feed.isError) return <FeedAway error={feed.error} retry={() => void feed.refetch()} />;
    return feed.fetchStatus === "paused" ? <FeedAway error={null} /> : <FeedSkeleton />;
  }
  const { rows, waiting } = shownOf(posts, { seenUntil, reported });
  // What was pressed is gone with its post: the focus stays at that place in the list.
  const focusPlaceOf = (post: PostView) => wish(rows.findIndex((row) => row.post.id === post.id));
  const showWaiting = () => {
    setSeenUntil(null);
    wish("top");
  };
  const onReported = (post: PostView) => {
    setReported((before) => [...before, post]);
    focusPlaceOf(post);
  };
  return (
    <div ref={list} tabIndex={-1} className="scroll-mt-20 outline-none md:scroll-mt-6">
      <NewsPill count={waiting.length} onPress={showWaiting} />
      {rows.length === 0 && waiting.length === 0 ? (
        empty
      ) : (
        <ul className="grid gap-3 sm:gap-4">
          {rows.map(({ kind, post }) => (
            <li key={`${kind} ${post.id}`} data-row tabIndex={-1} className="rounded-md outline-offset-2">
              {kind === "reported" ? (
                <ReportedNote />
              ) : (
                <PostArticle post={post} now={now} onReported={onReported} onDeleted={focusPlaceOf} />
              )}
            </li>
          ))}
        </ul>
      )}
      <FeedEnd feed={feed} isEmpty={rows.length === 0} />
    </div>
  );
}
