import { once } from "node:events";
import { connect } from "node:net";

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/**
 * Makes sure that a Postgres answers at the address, by asking it whether it speaks TLS (S, N, or E for an error).
 * Needed because the driver tries a stranger that hangs up again at once and for ever. Throws the socket's error, or
 * one of code CONNECT_TIMEOUT or CONNECTION_CLOSED. An address without a host (a unix socket) is not looked at.
 */
export async function probeServer(url: string, patienceMs = 10_000): Promise<void> {
  const { hostname, port } = new URL(url);
  if (!hostname || hostname.includes("%")) return;
  const socket = connect(Number(port || 5432), hostname.replace(/^\[|\]$/g, ""));
  const timer = setTimeout(() => socket.destroy(failure("CONNECT_TIMEOUT")), patienceMs);
  try {
    await once(socket, "connect");
    socket.write(SSL_REQUEST);
    socket.once("end", () => socket.destroy(failure("CONNECTION_CLOSED")));
    const [answer] = (await once(socket, "data")) as [Buffer];
    if (!/^[SNE]/.test(answer.toString("latin1"))) throw failure("CONNECTION_CLOSED");
  } finally {
    clearTimeout(timer);
    socket.on("error", () => {}).destroy();
  }
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}
