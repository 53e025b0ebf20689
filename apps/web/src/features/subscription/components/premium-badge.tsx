import { Sparkle } from "lucide-react";
import { classNames } from "../../../lib/class-names.ts";
import { subscriptionTexts } from "../../../texts/subscription.ts";

interface PremiumBadgeProps {
  /** It was there before: then nothing moves. */
  calm?: boolean;
  testId?: string;
}

/** The one amber thing: whoever pays or is in a trial has it. It arrives with a small pop. */
export function PremiumBadge({ calm = false, testId = "premium-badge" }: PremiumBadgeProps) {
  return (
    <span
      data-testid={testId}
      className={classNames(
        "inline-flex items-center gap-1 rounded-full bg-premium-soft py-0.5 pr-2.5 pl-2 text-small font-semibold whitespace-nowrap text-premium",
        !calm && "animate-badge",
      )}
    >
      <Sparkle aria-hidden="true" className="size-3.5 fill-premium-mark stroke-premium-mark" />
      {subscriptionTexts.premium}
    </span>
  );
}
