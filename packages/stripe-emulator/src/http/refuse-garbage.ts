import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { badAddress } from "./find-route.ts";

const REASONS: Record<number, string> = {
  400: "Bad Request",
  408: "Request Timeout",
  431: "Header Too Large",
};

/** Answers what is no HTTP at all (a wrong length, headers without end) with an error object, as any other error. */
export function refuseGarbage(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable || socket.destroyed) {
    socket.destroy();
    return;
  }
  const status = statusOf(error.code);
  const message = `The emulator could not read this request (${error.message}).`;
  const body = JSON.stringify({ error: { type: "invalid_request_error", message } });
  const head = `HTTP/1.1 ${status} ${REASONS[status]}\r\ncontent-type: application/json\r\nconnection: close`;
  socket.end(`${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function statusOf(code: string | undefined): number {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return 408;
  return code === "HPE_HEADER_OVERFLOW" ? 431 : 400;
}

/** Answers a request whose address cannot be read. */
export function refuseAddress(response: ServerResponse): void {
  const { status, body } = badAddress();
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ error: body }));
}
