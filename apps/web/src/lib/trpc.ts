import type { AppRouter } from "@liveassist/api/contract";
import { createWSClient, httpLink, splitLink, wsLink } from "@trpc/client";
import { createTRPCReact } from "@trpc/react-query";
import { reconnectDelayMs } from "./backoff.ts";

export const trpc = createTRPCReact<AppRouter>();

/** The server closes a socket so when its login has ended; after a changed password there may be a new one. */
const LOGIN_OVER = 4401;

/** The client of one signed-in user; its socket closes by itself after the last live procedure. */
export function openTrpc(loginOver: () => void) {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const socket = createWSClient({
    url: `${scheme}://${location.host}/trpc`,
    retryDelayMs: (attempt) => reconnectDelayMs(attempt, Math.random()),
    onClose: (cause) => {
      if (cause?.code === LOGIN_OVER) loginOver();
    },
    // Opens with the first live procedure and closes after the last.
    lazy: { enabled: true, closeMs: 1000 },
  });
  const client = trpc.createClient({
    links: [
      splitLink({
        // What a page confirms goes the way the news came, so that the server knows which socket's it was.
        condition: ({ type, path }) => type === "subscription" || path === "subscription.acknowledge",
        true: wsLink({ client: socket }),
        false: httpLink({ url: "/trpc" }),
      }),
    ],
  });
  return { client };
}
