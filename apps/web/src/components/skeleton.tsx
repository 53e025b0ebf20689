import { classNames } from "../lib/class-names.ts";

/** A grey stand-in of the real size, so that nothing moves when the words arrive. */
export function Skeleton({ className }: { className: string }) {
  return (
    <span aria-hidden="true" className={classNames("block animate-pulse rounded-sm bg-line", className)} />
  );
}
