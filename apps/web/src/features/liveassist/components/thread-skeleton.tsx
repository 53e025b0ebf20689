import { Skeleton } from "../../../components/skeleton.tsx";
import { liveassistTexts } from "../../../texts/liveassist.ts";

/** A chat's shape while it comes: what was asked on the right, what was answered on the left, and where one writes. */
export function ThreadSkeleton() {
  return (
    <>
      <div
        role="status"
        className="mx-auto flex w-full min-h-0 max-w-[45rem] flex-1 flex-col justify-end gap-6 overflow-hidden px-5 pb-16"
      >
        <span className="sr-only">{liveassistTexts.loading}</span>
        {[0, 1].map((turn) => (
          <div key={turn} className="grid gap-6">
            <Skeleton className="h-11 w-3/5 justify-self-end" />
            <div className="grid gap-2.5">
              <Skeleton className="h-4 w-full" />
              <Skeleton className="h-4 w-11/12" />
              <Skeleton className="h-4 w-2/3" />
            </div>
          </div>
        ))}
      </div>
      <div aria-hidden="true" className="mx-auto w-full max-w-[45rem] shrink-0 px-3 pb-3 sm:px-5 md:pb-5">
        <div className="h-24 rounded-md border border-line-strong/70 bg-surface" />
      </div>
    </>
  );
}
