import { connect, createServer, type Socket } from "node:net";

/** What one connection has sent to the database so far: its startup packet and every statement, as text. */
export interface Overheard {
  readonly applicationName: string;
  readonly said: string;
}

/** A road to a database on which everything that is asked of it can be overheard. */
export interface OverheardDatabase {
  readonly url: string;
  connections(): Overheard[];
  close(): Promise<void>;
}

/** The protocol's startup packet names it, between zero bytes. */
const APPLICATION = /application_name\0([^\0]*)\0/;

/** Opens the road. Statements travel as plain text, whether they are prepared or not; there is no TLS in between. */
export async function overhear(databaseUrl: string): Promise<OverheardDatabase> {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  const spoken: Buffer[][] = [];
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const said: Buffer[] = [];
    spoken.push(said);
    client.on("data", (chunk: Buffer) => void said.push(chunk));
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(from);
      from.on("error", () => {}).on("close", () => to.destroy());
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(databaseUrl);
  url.port = String((server.address() as { port: number }).port);
  return {
    url: url.href,
    connections: () =>
      spoken.map((chunks) => {
        const said = Buffer.concat(chunks).toString("latin1");
        return { applicationName: APPLICATION.exec(said)?.[1] ?? "", said };
      }),
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
