import { createServer } from "node:net";
import { freePort } from "../../packages/db/src/embedded.ts";
import { StartError } from "./start-error.ts";

/** Ends in StartError, one line that names the port and how to choose another, when nobody can listen on it. */
export async function refuseTakenPort(port: number, host: string | undefined): Promise<void> {
  // A browser may take localhost for either loopback address, so neither may belong to somebody else.
  for (const address of new Set([host ?? "127.0.0.1", "127.0.0.1", "::1"])) {
    const code = await tryListening(port, address);
    if (code === null || code === "EAFNOSUPPORT" || code === "EADDRNOTAVAIL") continue;
    if (code === "EACCES") {
      throw new StartError(
        `Port ${port} is not allowed to this user. Choose one above 1023: PORT=3000 npm start.`,
      );
    }
    throw new StartError(
      `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start.`,
    );
  }
}

/** The wanted loopback port if nobody listens on it, else any free one. */
export async function freePortNear(wanted: number): Promise<number> {
  return (await tryListening(wanted, "127.0.0.1")) === null ? wanted : freePort();
}

function tryListening(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "UNKNOWN"));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(null)));
  });
}
