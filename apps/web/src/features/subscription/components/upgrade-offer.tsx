import { Button } from "../../../components/button.tsx";
import { Skeleton } from "../../../components/skeleton.tsx";
import { formats } from "../../../lib/format.ts";
import { subscriptionTexts } from "../../../texts/subscription.ts";
import { useOffer } from "../hooks.ts";
import { prepareUpgrade, useSubscription } from "../subscription-context.tsx";

/** The way to Premium, with what it costs right below it (requirements R28). */
export function UpgradeOffer() {
  const { openUpgrade } = useSubscription();
  const { data } = useOffer(true);
  const price = data && formats.money(data.amount_ore, data.currency);
  return (
    <>
      <Button
        className="max-sm:w-full"
        onClick={openUpgrade}
        onPointerEnter={prepareUpgrade}
        onFocus={prepareUpgrade}
      >
        {subscriptionTexts.enable}
      </Button>
      {data && price ? (
        <p className="mt-2 text-small text-muted">
          {data.trial_available
            ? subscriptionTexts.trialOffer(data.trial_days, price)
            : subscriptionTexts.plainOffer(price)}
        </p>
      ) : (
        <Skeleton className="mt-3 h-4 w-56" />
      )}
    </>
  );
}
