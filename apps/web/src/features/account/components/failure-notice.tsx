import { Notice } from "../../../components/notice.tsx";
import type { Failure } from "../../../lib/failure.ts";
import { failureText } from "../../../texts/failures.ts";

interface FailureNoticeProps {
  failure: Failure | null;
  /** Says better than the general words what this form's own refusals mean. */
  explain?: (failure: Failure) => string | undefined;
}

/** What went wrong with a form, above its button. */
export function FailureNotice({ failure, explain }: FailureNoticeProps) {
  if (!failure) return null;
  const own = explain?.(failure);
  if (own) return <Notice tone="problem" title={own} />;
  const { title, text } = failureText(failure);
  return (
    <Notice tone="problem" title={title}>
      {text}
    </Notice>
  );
}
