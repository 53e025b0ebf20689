import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { showToast } from "../../lib/show-toast.ts";
import { readStoredObject, writeStored } from "../../lib/stored.ts";
import { trpc } from "../../lib/trpc.ts";
import { subscriptionTexts } from "../../texts/subscription.ts";
import { useUser } from "../account/auth-context.tsx";
import type { User } from "../account/user.ts";
import { announce, readSeen } from "./announcements.ts";
import { subscriptionKeys } from "./keys.ts";

/** Tells good news once per user: in one tab, the one being looked at, or at the next visit (requirements R8). */
export function useAnnouncements(afterCheckout: boolean): void {
  const user = useUser();
  const trialDays = useTrialDays();
  useEffect(() => {
    const tell = () => {
      if (!document.hidden) void tellOnce(user, { afterCheckout, trialDays });
    };
    tell();
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, [user, afterCheckout, trialDays]);
}

interface Circumstances {
  afterCheckout: boolean;
  trialDays: () => Promise<number | null>;
}

/** How long the trial on offer is; null when that cannot be asked, because the news must not wait for it. */
function useTrialDays(): () => Promise<number | null> {
  const { id } = useUser();
  const { client } = trpc.useUtils();
  const queries = useQueryClient();
  return useCallback(
    () =>
      queries
        .ensureQueryData({
          queryKey: subscriptionKeys.offer(id),
          queryFn: () => client.subscription.offer.query(),
        })
        .then(
          (offer) => offer.trial_days,
          () => null,
        ),
    [id, client, queries],
  );
}

/** All tabs ask; the first to hold the lock remembers, and the others find that it is remembered. */
async function tellOnce(user: User, { afterCheckout, trialDays }: Circumstances): Promise<void> {
  const key = `liveassist.seen.${user.id}`;
  const decide = () => {
    const now = { version: user.version, plan: user.subscription_status, xp: user.xp };
    const known = readSeen(readStoredObject(key));
    const { tell, seen } = announce(known, now, afterCheckout);
    if (seen !== known) writeStored(key, JSON.stringify(seen));
    const texts = subscriptionTexts.announcements;
    if (tell === "premium-activated") showToast(texts[tell]);
    if (tell === "trial-started") void trialDays().then((days) => showToast(texts[tell](days)));
  };
  // Locks need a secure context; elsewhere localStorage alone has to do.
  if (navigator.locks) await navigator.locks.request(key, decide);
  else decide();
}
