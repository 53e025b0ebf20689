import { formats } from "../../../lib/format.ts";
import { uploadTexts } from "../../../texts/uploads.ts";
import { useSubscription } from "../../subscription/subscription-context.tsx";

/** "1 of 2 images today, resets at 00:00" near the composer; nothing on Premium. */
export function UsageHint() {
  const usage = useSubscription().status.data?.usage;
  if (!usage || usage.image_limit === null) return null;
  const { number, time } = formats;
  return (
    <p className="text-small text-muted tabular-nums" data-testid="usage-hint">
      {uploadTexts.usage(number(usage.images_used), number(usage.image_limit), time(usage.resets_at))}
    </p>
  );
}
