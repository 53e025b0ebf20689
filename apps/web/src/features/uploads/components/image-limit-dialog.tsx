import { lazy, Suspense } from "react";
import type { Attachments } from "../attachment.ts";

const LimitReached = lazy(() =>
  import("./limit-reached.tsx").then((part) => ({ default: part.LimitReached })),
);

/** Opens by itself at the image limit, and closes when it lifts (requirements R29). Put it once beside the composer. */
export function ImageLimitDialog({ attachments }: { attachments: Attachments }) {
  const { dialogOpen } = attachments.limit;
  if (!dialogOpen) return null;
  return (
    <Suspense>
      <LimitReached attachments={attachments} />
    </Suspense>
  );
}
