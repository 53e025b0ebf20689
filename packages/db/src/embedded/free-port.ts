import { createServer } from "node:net";

/** Systems give ports from 32,768 on to outgoing connections and to whoever asks for any; none of these is taken by chance. */
const FIRST = 20_000;
const PORTS = 12_000;

/** A loopback port that nobody listens on just now, and that no connection will be given before it is used. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = FIRST + Math.floor(Math.random() * PORTS);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port was found between ${FIRST} and ${FIRST + PORTS}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
