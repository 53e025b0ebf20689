import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Button } from "../../../components/button.tsx";
import { Notice } from "../../../components/notice.tsx";
import { failureOf } from "../../../lib/failure.ts";
import { communityTexts } from "../../../texts/community.ts";
import { words } from "../../../texts/everywhere.ts";
import { failureText } from "../../../texts/failures.ts";
import type { Pages } from "../pages.ts";

const texts = communityTexts.feed;

/** Older posts come as their place comes near; the button is for who does not scroll. */
export function FeedEnd({ feed, isEmpty }: { feed: UseInfiniteQueryResult<Pages>; isEmpty: boolean }) {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage, error } = feed;
  const mark = useRef<HTMLDivElement>(null);
  const waits = hasNextPage && !isFetchingNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (!waits || !mark.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void fetchNextPage();
      },
      { rootMargin: "800px" },
    );
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [waits, fetchNextPage]);

  if (!hasNextPage) {
    return isEmpty ? null : <p className="mt-6 text-center text-small text-muted">{texts.end}</p>;
  }
  const failed = isFetchNextPageError ? failureText(failureOf(error)) : null;
  return (
    <div ref={mark} className="mt-6 grid justify-items-center gap-4">
      {failed ? (
        <Notice
          tone="problem"
          title={failed.title}
          actions={<Button onClick={() => void fetchNextPage()}>{words.retry}</Button>}
        >
          {failed.text}
        </Notice>
      ) : (
        <Button look="secondary" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? texts.loadingOlder : texts.older}
        </Button>
      )}
    </div>
  );
}
