import { type Deps, toAppError } from "@liveassist/api";
import { AppError } from "@liveassist/shared/errors";
import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";

/** Sends any error in the contract's shape, with its status and, where it helps, Retry-After. */
export function sendError(reply: FastifyReply, error: unknown): FastifyReply {
  const known = toAppError(error);
  if (known.retryAfterSeconds !== undefined)
    void reply.header("retry-after", String(known.retryAfterSeconds));
  return reply
    .code(known.status)
    .type("application/json; charset=utf-8")
    .send(JSON.stringify(known.toBody()));
}

/** Fastify's own refusals, said in the contract's words. */
function fromFastify(error: FastifyError): AppError | null {
  switch (error.code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return new AppError("TOO_LARGE", "The request is too large.");
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return new AppError("UNSUPPORTED_MEDIA", "Send JSON (content-type: application/json).");
    case "FST_ERR_CTP_EMPTY_JSON_BODY":
    case "FST_ERR_CTP_INVALID_JSON_BODY":
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
      return new AppError("INVALID_INPUT", "The body is not valid JSON.");
    default:
      return error.statusCode === 400 ? new AppError("INVALID_INPUT", "The request is not valid.") : null;
  }
}

/** One place for every error of every route; what is a bug of ours is logged, and says nothing to the caller. */
export function handleErrors(app: FastifyInstance, deps: Deps): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = fromFastify(error) ?? toAppError(error);
    if (known.code === "INTERNAL")
      deps.log.error({ err: error, path: request.url.split("?")[0] }, "a request failed");
    return sendError(reply, known);
  });
}
