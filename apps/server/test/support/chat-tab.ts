import type { AppRouter } from "@liveassist/api";
import { ERRORS } from "@liveassist/shared/errors";
import type { MessageView, SessionEvent } from "@liveassist/shared/session-events";
import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import { WebSocket } from "ws";
import { foldEvent } from "../../../../packages/api/test/support/session-tab.ts";
import type { BrowserUser } from "./browser-user.ts";

/** A tab with a session open: follows it over a real socket, and builds the thread from what it hears. */
export interface ChatTab {
  readonly events: SessionEvent[];
  readonly thread: Map<string, MessageView>;
  /** Resolves as soon as this is true. */
  until(isTrue: (tab: ChatTab) => unknown): Promise<void>;
  /** Cuts the connection; the client comes back by itself, with its last cursor. */
  drop(): void;
  /** Resolves when the server has ended the procedure, with the contract's code if it was an error; tRPC's has to agree. */
  readonly ended: Promise<string | null>;
  close(): Promise<void>;
}

/** Begins to follow; from the newest turn, unless a cursor says otherwise. */
export function openChatTab(user: BrowserUser, sessionId: string, lastEventId = "newest"): ChatTab {
  const { cookie, origin } = user;
  let socket: WebSocket | null = null;
  class WithCookie extends WebSocket {
    constructor(url: string | URL) {
      super(url, { headers: { cookie, origin } });
      socket = this;
    }
  }
  const client = createWSClient({
    url: `${user.baseUrl.replace("http", "ws")}/trpc`,
    WebSocket: WithCookie as unknown as typeof globalThis.WebSocket,
    retryDelayMs: () => 20,
  });
  const trpc = createTRPCClient<AppRouter>({ links: [wsLink({ client })] });
  const waiting = new Set<() => void>();
  const ending = Promise.withResolvers<string | null>();
  const tab: ChatTab = {
    events: [],
    thread: new Map(),
    async until(isTrue) {
      while (!isTrue(tab)) await new Promise<void>((resolve) => waiting.add(resolve));
    },
    drop: () => socket?.terminate(),
    ended: ending.promise,
    close: () => client.close(),
  };
  trpc.liveassist.onEvent.subscribe(
    { sessionId, lastEventId },
    {
      onData: ({ data }) => {
        tab.events.push(data);
        foldEvent(tab.thread, data);
        for (const wake of waiting) wake();
        waiting.clear();
      },
      onComplete: () => ending.resolve(null),
      onError: ({ data, message }) => {
        const { contract, httpStatus } = data ?? {};
        const isMapped = contract && ERRORS[contract.code].status === httpStatus;
        ending.resolve(isMapped ? contract.code : `${httpStatus} for ${contract?.code ?? message}`);
      },
    },
  );
  return tab;
}
