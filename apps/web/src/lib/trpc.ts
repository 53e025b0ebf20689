import type { AppRouter } from "@liveassist/api/contract";
import { createWSClient, httpLink, splitLink, wsLink } from "@trpc/client";
import { createTRPCReact } from "@trpc/react-query";
import { reconnectDelayMs } from "./backoff.ts";

export const trpc = createTRPCReact<AppRouter>();

/** The client of one signed-in user; its socket closes by itself after the last live procedure. */
export function openTrpc() {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const socket = createWSClient({
    url: `${scheme}://${location.host}/trpc`,
    retryDelayMs: (attempt) => reconnectDelayMs(attempt, Math.random()),
    // Opens with the first live procedure and closes after the last.
    lazy: { enabled: true, closeMs: 1000 },
  });
  const client = trpc.createClient({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: wsLink({ client: socket }),
        false: httpLink({ url: "/trpc" }),
      }),
    ],
  });
  return { client };
}
