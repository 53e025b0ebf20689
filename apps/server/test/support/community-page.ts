import type { AppRouter } from "@liveassist/api";
import type { CommunityEvent } from "@liveassist/shared/community-events";
import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import { vi } from "vitest";
import { WebSocket } from "ws";
import type { BrowserUser } from "./browser-user.ts";

/** Home, open in a browser: a socket that collects what happens in the community. */
export interface CommunityPage {
  readonly events: CommunityEvent[];
  /** The tracked id of the last event. */
  last(): string | null;
  /** Resolves with the first event that satisfies the condition, heard within `ms`. */
  until(isIt: (event: CommunityEvent) => boolean, ms?: number): Promise<CommunityEvent>;
  close(): Promise<void>;
}

/** Opens Home on the user's server. Resolves once the live procedure runs. */
export async function openCommunity(
  user: BrowserUser,
  lastEventId: string | null = null,
): Promise<CommunityPage> {
  const { cookie, origin } = user;
  class WithCookie extends WebSocket {
    constructor(url: string | URL) {
      super(url, { headers: { cookie, origin } });
    }
  }
  const client = createWSClient({
    url: `${user.baseUrl.replace("http", "ws")}/trpc`,
    WebSocket: WithCookie as unknown as typeof globalThis.WebSocket,
  });
  const trpc = createTRPCClient<AppRouter>({ links: [wsLink({ client })] });
  const events: CommunityEvent[] = [];
  let last: string | null = lastEventId;
  await new Promise<void>((resolve, reject) => {
    trpc.community.onEvent.subscribe(lastEventId === null ? undefined : { lastEventId }, {
      onStarted: () => resolve(),
      onData: ({ id, data }) => {
        last = id;
        events.push(data);
      },
      onError: reject,
    });
  });
  return {
    events,
    last: () => last,
    until: (isIt, ms = 10_000) =>
      vi.waitFor(
        () => {
          const found = events.find(isIt);
          if (!found) throw new Error(`not heard: ${JSON.stringify(events)}`);
          return found;
        },
        { timeout: ms, interval: 20 },
      ),
    close: () => client.close(),
  };
}
