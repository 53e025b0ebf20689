import type { SubscriptionUpdated } from "@liveassist/shared/events";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { reconnectDelayMs } from "../../lib/backoff.ts";
import { debugLog } from "../../lib/debug.ts";
import { trpc } from "../../lib/trpc.ts";
import { useAuth, useUser } from "../account/auth-context.tsx";
import { updatedUser } from "../account/user.ts";
import { subscriptionKeys } from "./keys.ts";
import { mergedStatus } from "./merged-status.ts";
import type { Status } from "./types.ts";

/** A server that restarts is met again after up to five seconds of jitter, which is nothing to tell anybody about. */
const DOWN_AFTER_MS = 6000;

/**
 * Listens to the user's own changes and takes them over at once (requirements R18, R24). The first subscribe passes
 * `/me`'s version, so nothing is lost between the two. Answers whether the connection has been away for a while.
 */
export function useLiveUpdates(): { down: boolean } {
  const user = useUser();
  const { setUser, refreshUser } = useAuth();
  const queries = useQueryClient();
  const [since] = useState(user.version);
  const { client } = trpc.useUtils();
  // Whoever comes back after the event has read the plan already: nothing is pushed, and this page confirms it (R34).
  const [heard, setHeard] = useState(() => (/session_id=|=success/.test(location.search) ? user.version : 0));

  const takeOver = (update: SubscriptionUpdated) => {
    debugLog("subscription.updated", update);
    setUser((known) => updatedUser(known, update));
    setHeard(update.version);
    queries.setQueryData<Status>(
      subscriptionKeys.status(user.id),
      (status) => status && mergedStatus(status, update),
    );
    void queries.invalidateQueries({ queryKey: subscriptionKeys.all(user.id) });
    // What the update does not carry (limits, the trial's end) comes with a fresh `/me`.
    refreshUser().catch(() => undefined);
  };
  const live = trpc.subscription.onUpdated.useSubscription(
    { lastEventId: since },
    { onData: (event) => takeOver(event.data) },
  );

  // Said once, after it stands on the screen; nothing depends on its arriving (requirements R34).
  const shown = heard > 0 && user.version >= heard;
  useEffect(() => {
    if (shown) client.subscription.acknowledge.mutate({ version: heard }).catch(() => undefined);
  }, [shown, heard, client]);

  const { status, reset } = live;
  const resets = useRef(0);
  useEffect(() => {
    if (status !== "error") return;
    const timer = setTimeout(reset, reconnectDelayMs(resets.current++, Math.random()));
    return () => clearTimeout(timer);
  }, [status, reset]);

  const [down, setDown] = useState(false);
  const wasLive = useRef(false);
  useEffect(() => {
    if (status === "pending") {
      resets.current = 0;
      setDown(false);
      if (wasLive.current) void queries.invalidateQueries({ queryKey: subscriptionKeys.all(user.id) });
      wasLive.current = true;
      return;
    }
    const timer = setTimeout(() => setDown(true), DOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [status, queries, user.id]);
  return { down };
}
