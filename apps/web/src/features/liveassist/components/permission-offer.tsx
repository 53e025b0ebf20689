import { formats } from "../../../lib/format.ts";
import { subscriptionTexts } from "../../../texts/subscription.ts";
import { useUser } from "../../account/auth-context.tsx";
import { useOffer } from "../../subscription/hooks.ts";
import { mayUpgrade } from "../../subscription/standing.ts";
import { prepareUpgrade, useSubscription } from "../../subscription/subscription-context.tsx";

/** The way to Premium beside the composer, with its price; only for who may buy (requirements R28). */
export function PermissionOffer() {
  const { entitlements } = useUser();
  const { standing, openUpgrade } = useSubscription();
  const shown = !entitlements.premium_badge && standing !== null && mayUpgrade(standing);
  const { data } = useOffer(shown);
  if (!shown) return null;
  const price = data && formats.money(data.amount_ore, data.currency);
  return (
    <div className="flex flex-wrap items-center gap-x-3 px-1">
      <button
        type="button"
        onClick={openUpgrade}
        onPointerEnter={prepareUpgrade}
        onFocus={prepareUpgrade}
        className="min-h-11 font-medium text-accent underline-offset-4 hover:underline"
      >
        {subscriptionTexts.enable}
      </button>
      {data && price ? (
        <p className="text-small text-muted max-sm:-mt-2 max-sm:pb-2">
          {data.trial_available
            ? subscriptionTexts.trialOffer(data.trial_days, price)
            : subscriptionTexts.plainOffer(price)}
        </p>
      ) : null}
    </div>
  );
}
