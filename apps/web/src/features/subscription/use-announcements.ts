import { useEffect } from "react";
import { showToast } from "../../lib/show-toast.ts";
import { readStoredObject, writeStored } from "../../lib/stored.ts";
import { subscriptionTexts } from "../../texts/subscription.ts";
import { useUser } from "../account/auth-context.tsx";
import type { User } from "../account/user.ts";
import { announce, readSeen } from "./announcements.ts";

/** Tells good news once per user: in one tab, the one being looked at, or at the next visit (requirements R8). */
export function useAnnouncements(afterCheckout: boolean): void {
  const user = useUser();
  useEffect(() => {
    const tell = () => {
      if (!document.hidden) void tellOnce(user, afterCheckout);
    };
    tell();
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, [user, afterCheckout]);
}

/** All tabs ask; the first to hold the lock remembers, and the others find that it is remembered. */
async function tellOnce(user: User, afterCheckout: boolean): Promise<void> {
  const key = `liveassist.seen.${user.id}`;
  const decide = () => {
    const now = { version: user.version, plan: user.subscription_status, xp: user.xp };
    const known = readSeen(readStoredObject(key));
    const { tell, seen } = announce(known, now, afterCheckout);
    if (seen !== known) writeStored(key, JSON.stringify(seen));
    if (tell) showToast(subscriptionTexts.announcements[tell]);
  };
  // Locks need a secure context; elsewhere localStorage alone has to do.
  if (navigator.locks) await navigator.locks.request(key, decide);
  else decide();
}
