import { AppError } from "@liveassist/shared/errors";
import type { FastifyInstance } from "fastify";

/** An escaped NUL, which Postgres cannot store in any text; the backslash itself may be escaped. */
const ESCAPED_NUL = /(?<!\\)(?:\\\\)*\\u0000/;

/**
 * JSON is the only body we read; an empty one counts as none, because clients send the content type all the same. Text and
 * forms, which a foreign page can post without asking, are refused as unsupported.
 */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    const text = String(body);
    if (text === "") done(null, undefined);
    else if (ESCAPED_NUL.test(text)) done(new AppError("INVALID_INPUT", "The body has a NUL character."));
    else void parse(request, text, done);
  });
}
