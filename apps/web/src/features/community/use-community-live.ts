import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { reconnectDelayMs } from "../../lib/backoff.ts";
import { debugLog } from "../../lib/debug.ts";
import { trpc } from "../../lib/trpc.ts";
import { useUser } from "../account/auth-context.tsx";
import { communityKeys } from "./keys.ts";
import { useTakeIn } from "./use-cached-posts.ts";

/** Keeps posts and badges on the screen true while it is looked at (requirements R7). */
export function useCommunityLive(): void {
  const { id } = useUser();
  const queries = useQueryClient();
  const takeIn = useTakeIn();
  const { status, reset } = trpc.community.onEvent.useSubscription(undefined, {
    onData: ({ data: event }) => {
      debugLog("community", event);
      takeIn(event);
    },
  });

  const resets = useRef(0);
  useEffect(() => {
    if (status !== "error") return;
    const timer = setTimeout(reset, reconnectDelayMs(++resets.current, Math.random()));
    return () => clearTimeout(timer);
  }, [status, reset]);

  useEffect(() => {
    if (status !== "pending") return;
    resets.current = 0;
    // What happened before the first event could come is asked for. A request under way is let finish; what it read may be
    // older than that, so it is asked again.
    const known = { queryKey: communityKeys.all(id) };
    const isUnderWay = queries.isFetching(known) > 0;
    void queries
      .invalidateQueries(known, { cancelRefetch: false })
      .then(() => (isUnderWay ? queries.invalidateQueries(known) : undefined));
  }, [status, queries, id]);
}
