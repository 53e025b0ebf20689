import type { SessionEvent } from "@liveassist/api/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { reconnectDelayMs } from "../../lib/backoff.ts";
import { trpc } from "../../lib/trpc.ts";
import { useUser } from "../account/auth-context.tsx";
import { useTellUsageChanged } from "../subscription/use-usage-news.ts";
import { isDeletedHere } from "./deleted-here.ts";
import { createEventBatch } from "./event-batch.ts";
import { liveassistKeys } from "./keys.ts";
import { cursorOf, type Thread, withEvent } from "./thread.ts";
import { useChangeThread } from "./use-thread.ts";

const offsetIn = (id: string): number | null => {
  const offset = Number(id.slice(id.lastIndexOf(":") + 1));
  return Number.isInteger(offset) ? offset : null;
};

/**
 * Follows a session from what is known of it on (requirements, `liveassist.onEvent`). `first` is that state; the
 * connection resumes by itself, and what was missed all the same is asked for.
 */
export function useLiveThread(sessionId: string, first: Thread): void {
  const { id: userId } = useUser();
  const queries = useQueryClient();
  const change = useChangeThread(sessionId);
  const tellUsageChanged = useTellUsageChanged();
  const key = useMemo(() => liveassistKeys.thread(userId, sessionId), [userId, sessionId]);
  const [since, setSince] = useState(() => cursorOf(first));
  const batch = useMemo(
    () =>
      createEventBatch((heard) => {
        let missed = false;
        change((thread) => {
          let next = thread;
          for (const { event, offset } of heard) {
            const applied = withEvent(next, event, offset);
            next = applied.thread;
            missed ||= applied.gap;
          }
          return next;
        });
        // A reply that failed has given its pictures' units back.
        if (heard.some(({ event }) => event.type === "reply" && event.status === "failed"))
          tellUsageChanged();
        if (missed) void queries.invalidateQueries({ queryKey: key });
        if (heard.some(({ event }) => event.type !== "delta")) {
          void queries.invalidateQueries({ queryKey: liveassistKeys.sessions(userId) });
        }
      }),
    [change, queries, key, userId, tellUsageChanged],
  );
  useEffect(() => batch.flush, [batch]);

  const live = trpc.liveassist.onEvent.useSubscription(
    { sessionId, ...(since === null ? {} : { lastEventId: since }) },
    {
      onData: ({ id, data }: { id: string; data: SessionEvent }) =>
        batch.push({ event: data, offset: offsetIn(id) }),
    },
  );

  const { status, reset } = live;
  const resets = useRef(0);
  const wasLive = useRef(false);
  useEffect(() => {
    // The server ends it by itself when the session is gone.
    const isOver = status === "error" || (status === "idle" && wasLive.current);
    if (!isOver || isDeletedHere(sessionId)) return;
    // It may be gone: then asking for it says so.
    void queries.invalidateQueries({ queryKey: key });
    const again = () => {
      const thread = queries.getQueryData<Thread>(key);
      const known = thread ? cursorOf(thread) : null;
      if (known === since) reset();
      else setSince(known);
    };
    const timer = setTimeout(again, reconnectDelayMs(resets.current++, Math.random()));
    return () => clearTimeout(timer);
  }, [status, reset, queries, key, since, sessionId]);

  useEffect(() => {
    if (status !== "pending") return;
    resets.current = 0;
    // Without a cursor, or after a cut, something may have happened before it was listened for.
    if (wasLive.current || since === null) void queries.invalidateQueries({ queryKey: key });
    wasLive.current = true;
  }, [status, queries, key, since]);
}
