import { formats } from "../../../lib/format.ts";
import { subscriptionTexts } from "../../../texts/subscription.ts";
import type { Status } from "../types.ts";

/** Today's images: how many of how many, and when it begins again. */
export function UsageLine({ usage }: { usage: Status["usage"] }) {
  if (usage.image_limit === null) return <p>{subscriptionTexts.usageUnlimited}</p>;
  const { number, time } = formats;
  const share = Math.min(1, usage.images_used / Math.max(1, usage.image_limit));
  return (
    <div>
      <p className="tabular-nums">
        {subscriptionTexts.usageCount(
          number(usage.images_used),
          number(usage.image_limit),
          time(usage.resets_at),
        )}
      </p>
      <div aria-hidden="true" className="mt-2.5 h-1.5 overflow-hidden rounded-full bg-line">
        <div className="h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}
