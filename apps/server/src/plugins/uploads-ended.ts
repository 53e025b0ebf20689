import type { findUpload } from "@liveassist/api";
import { AppError } from "@liveassist/shared/errors";
import type { FastifyReply, FastifyRequest } from "fastify";
import { gone, refuse } from "./uploads-refusals.ts";
import { answerWith } from "./uploads-wire.ts";

type Row = Awaited<ReturnType<typeof findUpload>>;

/**
 * Answers for an upload that is over. One that arrived is as long as its length, however often one asks, and nothing can be
 * added to it; one that was refused is gone; one that was taken back never was.
 */
export function answerEnded(request: FastifyRequest, reply: FastifyReply, row: Row): FastifyReply {
  if (row.state === "removed") throw new AppError("NOT_FOUND", "There is no such file.");
  if (row.state === "failed") return refuse(reply, gone());
  const length = String(row.bytes);
  if (request.method === "HEAD") {
    void reply.headers({ "upload-offset": length, "upload-length": length });
    return answerWith(reply, { status: 200 });
  }
  if (request.headers["content-length"] !== "0")
    throw new AppError("UPLOAD_USED", "This file has arrived already; nothing can be added to it.");
  // A picture was made anew, and is no longer as long as what was sent: the sender's own count is the right one.
  void reply.header("upload-offset", request.headers["upload-offset"] ?? length);
  return answerWith(reply, { status: 204 });
}
