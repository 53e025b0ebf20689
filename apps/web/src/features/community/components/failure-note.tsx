import { Notice } from "../../../components/notice.tsx";
import type { Failure } from "../../../lib/failure.ts";
import { failureText } from "../../../texts/failures.ts";

/** What went wrong, above what was pressed; nothing while nothing did. */
export function FailureNote({ failure, kept }: { failure: Failure | null; kept?: string }) {
  if (!failure) return null;
  const { title, text } = failureText(failure);
  return (
    <Notice tone="problem" title={title}>
      {kept ? `${text} ${kept}` : text}
    </Notice>
  );
}
