import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { useUser } from "../account/auth-context.tsx";
import { subscriptionKeys } from "./keys.ts";

const CHANNEL = "liveassist.usage";
/** Several files end at nearly the same moment: one look is enough. */
const TOGETHER_MS = 150;

let soon = false;

/**
 * To be called when something changed today's usage (a picture begun, taken back, refused): has it read again here and in
 * every other tab.
 */
export function useTellUsageChanged(): () => void {
  const { id } = useUser();
  const queries = useQueryClient();
  return useCallback(() => {
    if (soon) return;
    soon = true;
    setTimeout(() => {
      soon = false;
      void queries.invalidateQueries({ queryKey: subscriptionKeys.status(id) });
      const channel = new BroadcastChannel(CHANNEL);
      channel.postMessage(id);
      channel.close();
    }, TOGETHER_MS);
  }, [id, queries]);
}

/** Reads the usage again when another tab has changed it. */
export function useUsageNews(): void {
  const { id } = useUser();
  const queries = useQueryClient();
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data === id) void queries.invalidateQueries({ queryKey: subscriptionKeys.status(id) });
    };
    return () => channel.close();
  }, [id, queries]);
}
