import { connect, createServer, type Socket } from "node:net";

/** A port that stays the same, in front of a Postgres that comes back on another one after each kill. */
export interface SteadyRoad {
  readonly port: number;
  leadTo(port: number): void;
  close(): Promise<void>;
}

/** Opens the road; whoever is connected loses the connection when the other side dies. */
export async function openSteadyRoad(target: number): Promise<SteadyRoad> {
  let to = target;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(to, "127.0.0.1");
    for (const [from, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(from);
      from.setNoDelay(true);
      from
        .on("error", () => {})
        .on("close", () => {
          open.delete(from);
          other.destroy();
        });
      from.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    leadTo: (port) => {
      to = port;
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
