import type { FastifyInstance } from "fastify";

/**
 * JSON is the only body we read; an empty one counts as none, because clients send the content type all the same. Text and
 * forms, which a foreign page can post without asking, are refused as unsupported.
 */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body === "") done(null, undefined);
    else void parse(request, String(body), done);
  });
}
