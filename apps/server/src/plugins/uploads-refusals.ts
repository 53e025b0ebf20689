import { toAppError } from "@liveassist/api";
import { AppError, ERRORS, type ErrorBody, type ErrorCode } from "@liveassist/shared/errors";
import { ERRORS as TUS } from "@tus/server";
import type { FastifyReply } from "fastify";

/** A refusal as it goes out: tus has statuses of its own, the body is always the contract's. */
export interface Refusal {
  readonly status: number;
  readonly body: ErrorBody;
  readonly retryAfterSeconds?: number | undefined;
}

/** What tus' own statuses are called in the contract. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  404: "NOT_FOUND",
  409: "UPLOAD_NOT_READY",
  410: "NOT_FOUND",
  413: "TOO_LARGE",
  423: "UPLOAD_NOT_READY",
};

/** tus' words where they would puzzle, or where clients must not take them for a last word. */
const WORDS: ReadonlyMap<string, readonly [status: number, message: string]> = new Map([
  [TUS.ABORTED.body, [409, "The upload goes on over another connection."]],
  [TUS.INVALID_LENGTH.body, [400, "Say how long the file is (Upload-Length)."]],
  [
    TUS.UNSUPPORTED_CREATION_DEFER_LENGTH_EXTENSION.body,
    [501, "The length of a file has to be known when it begins (Upload-Length)."],
  ],
  [TUS.ERR_SIZE_EXCEEDED.body, [413, "More was sent than was said at the beginning (Upload-Length)."]],
  [TUS.ERR_MAX_SIZE_EXCEEDED.body, [413, "More was sent than was said at the beginning (Upload-Length)."]],
  [TUS.MISSING_OFFSET.body, [400, "Say from where the part goes on (Upload-Offset)."]],
  [TUS.INVALID_OFFSET.body, [409, "Go on where HEAD says that the file ends (Upload-Offset)."]],
  [TUS.INVALID_METADATA.body, [400, "Upload-Metadata is not valid."]],
]);

/** A refusal in tus' words, such as `409 Upload-Offset conflict`. */
export function fromTus(tusStatus: number, text: string): Refusal {
  const [status, message] = WORDS.get(text) ?? [tusStatus, `${text.trim().replace(/\.?$/, "")}.`];
  if (status >= 500 && status !== 501) return fromError(new Error(text));
  const code = CODES[status] ?? "INVALID_INPUT";
  return { status, body: { error: ERRORS[code].error, code, message } };
}

/** Any error thrown on the way: ours by the contract, tus' by its status, a bug as `INTERNAL`. */
export function fromError(error: unknown): Refusal {
  if (isTusError(error)) return fromTus(error.status_code, error.body);
  const known = toAppError(error);
  return { status: known.status, body: known.toBody(), retryAfterSeconds: known.retryAfterSeconds };
}

export const gone = (): Refusal => ({
  ...fromError(new AppError("NOT_FOUND", "This upload is over. Send the file anew.")),
  status: 410,
});

/** Whether tus has no part of it, or none any more. */
export const isMissing = ({ status }: Refusal): boolean => status === 404 || status === 410;

interface TusError {
  readonly status_code: number;
  readonly body: string;
}

function isTusError(error: unknown): error is TusError {
  if (typeof error !== "object" || error === null || error instanceof AppError) return false;
  return "status_code" in error && typeof error.status_code === "number" && "body" in error;
}

export function refuse(reply: FastifyReply, { status, body, retryAfterSeconds }: Refusal): FastifyReply {
  if (retryAfterSeconds !== undefined) void reply.header("retry-after", String(retryAfterSeconds));
  return reply.code(status).type("application/json; charset=utf-8").send(JSON.stringify(body));
}
