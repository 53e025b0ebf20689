import { Notice } from "../../../components/notice.tsx";
import type { Failure } from "../../../lib/failure.ts";
import { failureText } from "../../../texts/failures.ts";
import { settingsTexts } from "../../../texts/settings.ts";

const texts = settingsTexts.deleteAccount;

/** Why the account is still there, or that nobody can tell: a lost answer may come from a deletion that was done. */
export function DeletionFailure({ failure }: { failure: Failure }) {
  if (failure.code === "STRIPE_UNAVAILABLE") {
    return (
      <Notice tone="problem" title={texts.stripeAway}>
        {texts.stripeAwayText}
      </Notice>
    );
  }
  const { title, text } = failureText(failure);
  return (
    <Notice tone="problem" title={title}>
      {failure.kind === "network" ? texts.unsureText : text}
    </Notice>
  );
}
