import { Sparkle } from "lucide-react";
import { subscriptionTexts } from "../../../texts/subscription.ts";

/** The one amber thing: whoever pays or is in a trial has it. It arrives with a small pop. */
export function PremiumBadge() {
  return (
    <span
      data-testid="premium-badge"
      className="inline-flex animate-badge items-center gap-1 rounded-full bg-premium-soft py-0.5 pr-2.5 pl-2 text-small font-semibold whitespace-nowrap text-premium"
    >
      <Sparkle aria-hidden="true" className="size-3.5 fill-premium-mark stroke-premium-mark" />
      {subscriptionTexts.premium}
    </span>
  );
}
