import { Skeleton } from "../../../components/skeleton.tsx";
import { words } from "../../../texts/everywhere.ts";

/** The card before its first answer, as high as the one of a Free user. */
export function CardSkeleton() {
  return (
    <div role="status">
      <span className="sr-only">{words.loading}</span>
      <Skeleton className="h-6 w-24" />
      <Skeleton className="mt-1.5 h-5 w-64 max-w-full" />
      <Skeleton className="mt-6 h-5 w-full" />
      <Skeleton className="mt-10 h-11 w-64 max-w-full" />
      <Skeleton className="mt-2.5 h-4 w-56" />
      <Skeleton className="mt-11 h-4 w-44" />
    </div>
  );
}
