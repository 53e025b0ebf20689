import { formats } from "../../../lib/format.ts";
import { useNow } from "../../../lib/use-now.ts";
import { failureText } from "../../../texts/failures.ts";
import { subscriptionDetails } from "../../../texts/subscription-details.ts";
import { useAction } from "../hooks.ts";

const texts = subscriptionDetails.card;

/** When the payment service was last asked, and asking it now. */
export function LastChecked({ at }: { at: string | null }) {
  const now = useNow(1000);
  const refresh = useAction("refresh");
  const ago = at === null ? null : formats.ago(Math.max(0, now - Date.parse(at)));
  return (
    <div className="-mb-3 mt-4 border-t border-line pt-2 text-small text-muted">
      <div className="flex flex-wrap items-center gap-x-2">
        <span className="tabular-nums">{ago === null ? texts.neverChecked : texts.checked(ago)}</span>
        <span aria-hidden="true">·</span>
        <button
          type="button"
          aria-disabled={refresh.busy || undefined}
          onClick={refresh.run}
          className="min-h-11 font-medium text-accent underline-offset-4 hover:underline"
        >
          {refresh.busy ? texts.refreshing : texts.refresh}
        </button>
      </div>
      <p role="status" className="text-danger empty:hidden">
        {refresh.failure
          ? `${failureText(refresh.failure).title}. ${failureText(refresh.failure).text}`
          : null}
      </p>
    </div>
  );
}
