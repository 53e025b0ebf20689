import type { EventEmitter } from "node:events";
import { WebSocket } from "ws";

type Json = Record<string, unknown>;

export interface Upgrade {
  /** 101 when it was admitted. */
  readonly status: number;
  /** The refusal's body, as JSON. */
  readonly body: Json;
  /** Only when it was admitted. */
  readonly socket: RawSocket | null;
}

/** A socket without a client library's manners: sends what it is told, never reconnects. */
export interface RawSocket {
  readonly heard: Json[];
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  send(text: string): void;
  /** Resolves with the first message, heard or still to come, that satisfies the condition. */
  until(isIt: (message: Json) => boolean): Promise<Json>;
  close(): void;
  /** From now on never answers a close; resolves when the server has asked for one. */
  holdClose(): Promise<void>;
}

/** Asks for an upgrade with exactly these headers. */
export function tryUpgrade(
  baseUrl: string,
  { headers = {}, path = "/trpc" }: { headers?: Record<string, string>; path?: string } = {},
): Promise<Upgrade> {
  const client = new WebSocket(baseUrl.replace("http", "ws") + path, { headers });
  const socket = collect(client);
  return new Promise((resolve, reject) => {
    client.once("open", () => resolve({ status: 101, body: {}, socket }));
    client.once("error", reject);
    client.once("unexpected-response", (_request, response) => {
      let text = "";
      response.on("data", (part) => {
        text += String(part);
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Json, socket: null }),
      );
    });
  });
}

/** Opens a socket for a cookie, or fails. */
export async function openSocket(baseUrl: string, cookie: string): Promise<RawSocket> {
  const { status, socket } = await tryUpgrade(baseUrl, { headers: { cookie } });
  if (!socket) throw new Error(`the upgrade was refused with ${status}`);
  return socket;
}

function collect(client: WebSocket): RawSocket {
  const heard: Json[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const one of waiting) one();
    waiting.clear();
  };
  client.on("message", (data) => {
    heard.push(JSON.parse(String(data)) as Json);
    wake();
  });
  const closed = new Promise<number>((resolve) => client.on("close", resolve));
  return {
    heard,
    closed,
    send: (text) => client.send(text),
    close: () => client.terminate(),
    holdClose: () =>
      new Promise((resolve) => {
        const { _receiver: receiver } = client as unknown as { _receiver: EventEmitter };
        receiver.removeAllListeners("conclude");
        receiver.once("conclude", () => resolve());
      }),
    async until(isIt) {
      for (;;) {
        const found = heard.find(isIt);
        if (found) return found;
        await new Promise<void>((resolve) => waiting.add(resolve));
      }
    },
  };
}
