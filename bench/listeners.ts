import { WebSocket } from "ws";

/** How to hear a user's frames: our live procedure, or the bare layer's plain frames. */
export type Dialect = "trpc" | "raw";

export interface Listener {
  readonly userId: string;
  readonly cookie: string;
}

/** Sockets of many users. */
export interface Ears {
  /** Told of each frame of a user, with the moment it came. */
  onFrame: (userId: string, at: number) => void;
  close(): void;
}

const SUBSCRIBE = JSON.stringify({
  id: 1,
  method: "subscription",
  params: { path: "subscription.onUpdated", input: {} },
});

/** Opens a socket for each user; resolves when every one of them is subscribed. */
export async function openEars(port: number, dialect: Dialect, users: readonly Listener[]): Promise<Ears> {
  const sockets: WebSocket[] = [];
  const ears: Ears = {
    onFrame: () => {},
    close: () => {
      for (const socket of sockets) socket.terminate();
    },
  };
  for (const { userId, cookie } of users) {
    const path = dialect === "trpc" ? "/trpc" : `/live?user=${encodeURIComponent(userId)}`;
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers: { cookie } });
    sockets.push(socket);
    await new Promise<void>((resolve, reject) => {
      socket.on("error", reject);
      socket.on("open", () => (dialect === "trpc" ? socket.send(SUBSCRIBE) : resolve()));
      socket.on("message", (data: Buffer) => {
        const at = performance.now();
        const kind = dialect === "trpc" ? kindOf(data) : "data";
        if (kind === "started") resolve();
        else if (kind === "data") ears.onFrame(userId, at);
        else reject(new Error(`an unexpected frame: ${data.toString()}`));
      });
    });
  }
  return ears;
}

function kindOf(data: Buffer): string | undefined {
  const message = JSON.parse(data.toString()) as { result?: { type?: string } };
  return message.result?.type;
}
