import type { AppRouter } from "@liveassist/api";
import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import { WebSocket } from "ws";

/** Calls back for everything that changes in the subscription of whoever has this cookie; answers how to stop. */
export function follow(url: string, cookie: string, onPlan: (plan: string) => void): () => Promise<void> {
  // A browser sends both by itself, and needs no class of its own.
  class SignedIn extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers: { cookie, origin: url } });
    }
  }
  const client = createWSClient({
    url: `${url.replace("http", "ws")}/trpc`,
    WebSocket: SignedIn as unknown as typeof globalThis.WebSocket,
  });
  const trpc = createTRPCClient<AppRouter>({ links: [wsLink({ client })] });
  trpc.subscription.onUpdated.subscribe(
    { lastEventId: 0 },
    { onData: ({ data }) => onPlan(data.subscription_status) },
  );
  return () => client.close();
}
