import type { ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import { Notice } from "../../../components/notice.tsx";
import { Skeleton } from "../../../components/skeleton.tsx";
import { failureOf } from "../../../lib/failure.ts";
import { communityTexts } from "../../../texts/community.ts";
import { words } from "../../../texts/everywhere.ts";
import { failureText } from "../../../texts/failures.ts";

const texts = communityTexts.feed;

/** Before the first answer; as high as posts are. */
export function FeedSkeleton({ count = 3 }: { count?: number }) {
  return (
    <div role="status" className="grid gap-3 sm:gap-4">
      <span className="sr-only">{texts.loading}</span>
      {Array.from({ length: count }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never change places.
        <div key={at} className="rounded-md border border-line bg-surface px-4 pt-3 pb-1.5 sm:px-5 sm:pt-4">
          <div className="flex min-h-11 items-center gap-3">
            <Skeleton className="size-10 rounded-full!" />
            <Skeleton className="h-4 w-32" />
          </div>
          <Skeleton className="mt-3.5 h-4 w-full" />
          <Skeleton className="mt-2.5 h-4 w-3/5" />
          <Skeleton className="mt-7 mb-4 h-3.5 w-16" />
        </div>
      ))}
    </div>
  );
}

/** Nothing to show, because nothing came: with an error and a way on, or without a network. */
export function FeedAway({ error, retry }: { error: unknown; retry?: () => void }) {
  if (!retry) {
    return (
      <Notice tone="calm" title={texts.offlineTitle}>
        {texts.offlineText}
      </Notice>
    );
  }
  return (
    <Notice
      tone="problem"
      title={texts.failedTitle}
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

/** A list with nothing in it, and what to do about that. */
export function NothingYet({ title, text, action }: { title: string; text: string; action?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-2 rounded-md bg-sunken px-5 py-10 text-center">
      <h3 className="text-lead">{title}</h3>
      <p className="max-w-sm text-pretty text-muted">{text}</p>
      {action ? <div className="mt-3">{action}</div> : null}
    </div>
  );
}
