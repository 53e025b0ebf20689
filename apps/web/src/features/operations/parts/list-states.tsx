import { Button } from "../../../components/button.tsx";
import { Notice } from "../../../components/notice.tsx";
import { Skeleton } from "../../../components/skeleton.tsx";
import { failureOf } from "../../../lib/failure.ts";
import { words } from "../../../texts/everywhere.ts";
import { failureText } from "../../../texts/failures.ts";
import { consoleTexts } from "../../../texts/operations-console.ts";

const texts = consoleTexts.list;

/** Before the first answer; as high as so many rows. */
export function Loading({ label, rows = 8 }: { label: string; rows?: number }) {
  return (
    <div role="status" className="@container/list">
      <span className="sr-only">{texts.loading(label)}</span>
      {Array.from({ length: rows }, (_, at) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: they never change places.
          key={at}
          className="grid min-h-24 content-center gap-2.5 border-b border-line @2xl/list:min-h-11 @2xl/list:grid-cols-[2fr_1fr_1fr_1fr] @2xl/list:items-center @2xl/list:gap-6"
        >
          <Skeleton className="h-4 w-3/4" />
          <Skeleton className="h-4 w-1/2 @2xl/list:w-3/4" />
          <Skeleton className="hidden h-4 w-3/4 @2xl/list:block" />
          <Skeleton className="hidden h-4 w-1/2 @2xl/list:block" />
        </div>
      ))}
    </div>
  );
}

/** Nothing came: why, and a way on. */
export function Failed({
  error,
  retry,
  title = texts.failedTitle,
}: {
  error: unknown;
  retry: () => void;
  title?: string;
}) {
  return (
    <Notice
      tone="problem"
      title={title}
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

/** A list with nothing in it, which is good news more often than not. */
export function Empty({ title, text }: { title: string; text: string }) {
  return (
    <div className="rounded-md bg-sunken px-5 py-8 text-center">
      <p className="font-medium">{title}</p>
      <p className="mx-auto mt-1 max-w-md text-small text-pretty text-muted">{text}</p>
    </div>
  );
}
