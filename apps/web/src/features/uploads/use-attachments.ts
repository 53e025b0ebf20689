import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { trpc } from "../../lib/trpc.ts";
import { useNow } from "../../lib/use-now.ts";
import { useUser } from "../account/auth-context.tsx";
import { useTellUsageChanged } from "../subscription/use-usage-news.ts";
import { type Attachments, isOnItsWay, type UploadEndpoint } from "./attachment.ts";
import type { Tray } from "./tray.ts";
import { openTray, trayOf } from "./tray-of-place.ts";
import { useAllowance } from "./use-allowance.ts";

interface Place {
  /** What they belong to, such as a LiveAssist session's id or "new-post": kept apart, and found again by it. */
  readonly scope: string;
  readonly endpoint: UploadEndpoint;
}

const LOOK_AT_CLOCK_MS = 15_000;
const ASK_AGAIN_MS = 60_000;

/**
 * The files beside a text that is being written. They go on uploading while other pages are looked at, and survive a
 * reload and the checkout. The same scope gives the same files, wherever it is used.
 */
export function useAttachments({ scope, endpoint }: Place): Attachments {
  const { id: userId } = useUser();
  const { client } = trpc.useUtils();
  const usageChanged = useTellUsageChanged();
  const tray = useMemo(() => {
    const listUnsent = () => client.liveassist.listUploads.query();
    return trayOf({ userId, endpoint, scope }, { listUnsent, usageChanged });
  }, [userId, endpoint, scope, client, usageChanged]);
  const video = useLimits(tray, usageChanged);
  useEffect(() => void openTray(tray, endpoint), [tray, endpoint]);
  useReturns(tray);
  const state = useSyncExternalStore(tray.list.subscribe, tray.list.state);
  return useMemo(() => {
    const ready = state.items.filter(({ phase }) => phase === "ready");
    return {
      items: state.items,
      add: tray.add,
      remove: tray.remove,
      retry: tray.retry,
      readyIds: ready.flatMap(({ uploadId }) => uploadId ?? []),
      isBusy: state.items.some(isOnItsWay),
      isOpening: state.opening,
      clear: tray.clear,
      recheck: () => void tray.recheck(),
      limit: {
        dialogOpen: state.dialogOpen,
        closeDialog: () => tray.list.setDialog(false),
        takesVideo: endpoint === "liveassist",
        videoAllowed: video,
      },
    };
  }, [state, tray, endpoint, video]);
}

/** Tells the tray what may be sent, also when the day has turned. Answers whether video may. */
function useLimits(tray: Tray, usageChanged: () => void): boolean {
  const allowance = useAllowance();
  const now = useNow(LOOK_AT_CLOCK_MS);
  const dayTurned = allowance.resetsAt !== null && now >= allowance.resetsAt;
  useEffect(() => tray.allow(allowance), [tray, allowance]);
  const asked = useRef(0);
  useEffect(() => {
    // Asked again while it says the old day: this device's clock may be before the server's.
    if (!dayTurned || now - asked.current < ASK_AGAIN_MS) return;
    asked.current = now;
    tray.allow(allowance);
    usageChanged();
  }, [dayTurned, now, tray, allowance, usageChanged]);
  return allowance.video;
}

/** Goes on when the network is back, and looks again when the page is. */
function useReturns(tray: Tray): void {
  useEffect(() => {
    const seen = () => {
      if (!document.hidden) void tray.recheck();
    };
    addEventListener("online", tray.online);
    document.addEventListener("visibilitychange", seen);
    return () => {
      removeEventListener("online", tray.online);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [tray]);
}
