import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { TUS_RESUMABLE } from "@tus/server";
import type { FastifyReply } from "fastify";

export const TUS_VERSION = TUS_RESUMABLE;

/** Of a request, tus sees these alone: no forwarded host, no method override. */
const ASKED = [
  ...["tus-resumable", "upload-length", "upload-offset", "upload-metadata", "upload-defer-length"],
  ...["upload-concat", "content-type", "content-length"],
];
/** Of its answer, the client sees these alone: its CORS headers allow more than we do. */
const ANSWERED = ["location", "upload-offset", "upload-length", "upload-metadata"];

/** A sender that says nothing for so long is cut off; it can resume. */
const SILENCE_MS = 60_000;
/** What still comes in after an answer is thrown away so long: the sender gets to read it before it is cut. */
const LINGER_MS = 2_000;

/** A request in the shape tus takes, with what it needs to notice that a sender has gone. */
export function asTusSees(req: IncomingMessage, res: ServerResponse, path: string): Request {
  const headers = new Headers();
  for (const name of ASKED) {
    const value = req.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  const method = req.method ?? "GET";
  const hasBody = method === "POST" || method === "PATCH";
  const init = hasBody
    ? { method, headers, body: Readable.toWeb(req) as ReadableStream, duplex: "half" }
    : { method, headers };
  // Asserted: a browser's own type, under which tests of the web read this, has no `duplex` yet.
  const request = new Request(new URL(path, "http://tus.invalid"), init as RequestInit);
  return Object.assign(request, { runtime: { name: "node", node: { req, res } } });
}

/** Passes on what tus answered, or answers like it. */
export function answerWith(
  reply: FastifyReply,
  { status, headers }: { readonly status: number; readonly headers?: Headers },
): FastifyReply {
  void reply.headers({ "tus-resumable": TUS_VERSION, "cache-control": "no-store" });
  for (const name of ANSWERED) {
    const value = headers?.get(name);
    if (value !== undefined && value !== null) void reply.header(name, value);
  }
  return reply.code(status).send();
}

export function cutSilence(req: IncomingMessage): void {
  req.setTimeout(SILENCE_MS, () => {
    if (!req.complete) req.destroy();
  });
}

export function cutTheRest(req: IncomingMessage): void {
  if (req.complete) return;
  // Whoever began to read it has stopped: without this, the connection would wait for itself.
  req.removeAllListeners("data").resume();
  setTimeout(() => {
    if (!req.complete) req.socket.destroy();
  }, LINGER_MS).unref();
}
