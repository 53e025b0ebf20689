import { type Deps, type OpenFile, openFile } from "@liveassist/api";
import { AppError } from "@liveassist/shared/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Logins } from "../logins.ts";
import { contentDisposition } from "./files-name.ts";
import { rangeOf } from "./files-range.ts";

interface Parts {
  readonly deps: Deps;
  readonly logins: Logins;
}

interface Found {
  readonly file: OpenFile;
  /** Bytes. */
  readonly size: number;
  readonly etag: string;
}

const PLACES = ["/api/liveassist/files", "/api/community/files"];
const DAY_SECONDS = 86_400;

/**
 * Serves what people sent: a file to its owner, a post's picture to whoever is signed in and may see the post. What a file
 * says it is decides nothing: its type was told by content, and it can neither run nor be taken into another site's page.
 */
export function serveFiles(app: FastifyInstance, { deps, logins }: Parts): void {
  async function find(request: FastifyRequest, reply: FastifyReply, preview: boolean): Promise<Found> {
    const { login, setCookies } = await logins.find(request.headers.cookie);
    for (const cookie of setCookies) void reply.header("set-cookie", cookie);
    if (!login) throw new AppError("UNAUTHENTICATED", "Sign in first.");
    const { id } = request.params as { id: string };
    const file = await openFile(deps, login.actor, { uploadId: id, preview });
    const size = await deps.storage.sizeOf(file.key);
    if (size === null) throw new AppError("NOT_FOUND", "There is no such file.");
    return { file, size, etag: `"${id}${preview ? "-preview" : ""}"` };
  }

  async function serve(request: FastifyRequest, reply: FastifyReply, found: Found): Promise<FastifyReply> {
    const { file, size, etag } = found;
    if (hasTag(request.headers["if-none-match"], etag))
      return reply.code(304).headers(headersOf(found)).send();
    const isSame = request.headers["if-range"] === undefined || request.headers["if-range"] === etag;
    const range = rangeOf(isSame ? request.headers.range : undefined, size);
    if (range === "unsatisfiable") return refuseRange(reply, size);
    const { start, end } = range ?? { start: 0, end: size - 1 };
    // Opened before anything is said of it: what fails here is answered like any other failure.
    const isAsked = request.method !== "HEAD" && size > 0;
    const content = isAsked ? await deps.storage.open(file.key, { start, end }) : undefined;
    void reply.headers(headersOf(found)).header("content-length", String(end - start + 1));
    if (range) void reply.code(206).header("content-range", `bytes ${start}-${end}/${size}`);
    return reply.send(content);
  }

  for (const place of PLACES) {
    for (const preview of [false, true]) {
      app.route({
        method: ["GET", "HEAD"],
        url: `${place}/:id${preview ? "/preview" : ""}`,
        handler: async (request, reply) => serve(request, reply, await find(request, reply, preview)),
      });
    }
  }
}

/** A file never changes under its id. It is kept for this login alone: the next person at this browser has another cookie. */
function headersOf({ file, etag }: Found): Record<string, string> {
  return {
    "content-type": file.mediaType,
    "content-disposition": contentDisposition(file.filename),
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "cache-control": `private, max-age=${DAY_SECONDS}, immutable`,
    vary: "Cookie",
    "accept-ranges": "bytes",
    etag,
  };
}

function refuseRange(reply: FastifyReply, size: number): FastifyReply {
  void reply
    .removeHeader("etag")
    .headers({ "cache-control": "no-store", "content-range": `bytes */${size}` });
  const error = new AppError("INVALID_INPUT", "The file is shorter than that.");
  return reply.code(416).type("application/json; charset=utf-8").send(JSON.stringify(error.toBody()));
}

const hasTag = (header: string | undefined, tag: string): boolean =>
  (header ?? "").split(",").some((one) => ["*", tag, `W/${tag}`].includes(one.trim()));
