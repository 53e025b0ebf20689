import type { Page, WebSocketRoute } from "playwright-core";

interface LiveCall {
  id?: number;
  method?: string;
  params?: { path?: string };
}

/** Something to tell the page, as if the server had. */
export type Tell = (event: object, id?: string) => void;

/**
 * Stands in for the server in one live procedure, such as `liveassist.onEvent`; all others go through to it. To be called
 * before the page opens.
 */
export async function listenIn(page: Page, path: string): Promise<Tell> {
  const listeners: { id: number; socket: WebSocketRoute }[] = [];
  let early: object[] = [];
  await page.routeWebSocket("**/trpc", (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const calls = callsIn(String(message));
      const ours = calls?.filter(
        (call) => call.params?.path === path || listeners.some(({ id }) => id === call.id),
      );
      if (!calls || !ours || ours.length === 0) return server.send(message);
      for (const { id, method } of ours) {
        if (id === undefined || method !== "subscription") continue;
        listeners.push({ id, socket });
        socket.send(JSON.stringify({ id, result: { type: "started" } }));
        for (const data of early) socket.send(JSON.stringify({ id, result: { type: "data", data } }));
        early = [];
      }
      const others = calls.filter((call) => !ours.includes(call));
      for (const call of others) server.send(JSON.stringify(call));
    });
  });
  return (data, at = `${listeners.length}:0`) => {
    const event = { id: at, data };
    if (listeners.length === 0) early = [...early, event];
    for (const { id, socket } of listeners) {
      socket.send(JSON.stringify({ id, result: { type: "data", data: event } }));
    }
  };
}

function callsIn(message: string): LiveCall[] | null {
  try {
    const parsed: LiveCall | LiveCall[] = JSON.parse(message);
    return Array.isArray(parsed) ? parsed : [parsed];
  } catch {
    // Pings are no JSON.
    return null;
  }
}
