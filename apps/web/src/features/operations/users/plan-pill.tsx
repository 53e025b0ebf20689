import { Sparkle } from "lucide-react";
import { classNames } from "../../../lib/class-names.ts";
import { peopleTexts } from "../../../texts/operations-users.ts";
import type { ListedUser } from "./hooks.ts";

/** A plan in a word; amber is Premium's, here as everywhere. */
export function PlanPill({ plan }: { plan: ListedUser["subscription_status"] }) {
  const isPremium = plan !== "free";
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-small font-medium whitespace-nowrap",
        isPremium ? "bg-premium-soft text-premium" : "bg-sunken text-muted",
      )}
    >
      {isPremium ? (
        <Sparkle aria-hidden="true" className="size-3.5 fill-premium-mark stroke-premium-mark" />
      ) : null}
      {peopleTexts.plans[plan]}
    </span>
  );
}
