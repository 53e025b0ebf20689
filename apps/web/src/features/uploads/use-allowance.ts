import { isPremium } from "@liveassist/shared/plans";
import { useMemo } from "react";
import { useUser } from "../account/auth-context.tsx";
import { useStatus } from "../subscription/hooks.ts";
import type { Allowance } from "./units-left.ts";

/** What the plan lets one send now. The user's record is told of an upgrade first; usage is read with the status. */
export function useAllowance(): Allowance {
  const { subscription_status, image_counter, image_limit } = useUser();
  const { data, dataUpdatedAt } = useStatus();
  const premium = isPremium(subscription_status);
  const usage = data?.usage;
  return useMemo(
    () => ({
      // A status that was read before a downgrade knows no limit; the server tells, when one is sent.
      limit: premium ? null : usage ? usage.image_limit : image_limit,
      used: usage ? usage.images_used : image_counter,
      resetsAt: usage ? Date.parse(usage.resets_at) : null,
      asOf: dataUpdatedAt,
      video: premium,
    }),
    [premium, usage, dataUpdatedAt, image_counter, image_limit],
  );
}
