import { type Connection, connect } from "./http-connection.ts";

export interface Load {
  readonly port: number;
  readonly connections: number;
}

/**
 * Sends every request once over a fixed number of connections, each asking again as soon as it is answered. Answers the
 * requests per second. Anything but a 200 with `expected` in its body is an error: a refusal is quick and no result.
 */
export async function closedLoop(load: Load, requests: readonly Buffer[], expected: string): Promise<number> {
  const opening = Array.from({ length: load.connections }, () => connect(load.port));
  const connections = await Promise.all(opening);
  let next = 0;
  async function work(connection: Connection): Promise<void> {
    for (let request = requests[next++]; request; request = requests[next++]) {
      const { status, body } = await connection.send(request);
      if (status !== 200 || !body.includes(expected)) throw new Error(`answer ${status}: ${body.toString()}`);
    }
  }
  const start = performance.now();
  try {
    await Promise.all(connections.map(work));
  } finally {
    for (const connection of connections) connection.close();
  }
  return requests.length / ((performance.now() - start) / 1000);
}
