import type { Deps } from "@liveassist/api";
import type { FastifyInstance } from "fastify";
import { openApiDocument } from "../openapi/document.ts";
import { docsPage } from "../openapi/page.ts";

/** `/docs` to read, `/docs/json` for tools. */
export function serveDocs(app: FastifyInstance, deps: Deps): void {
  const document = openApiDocument(deps.settings.appUrl);
  const page = docsPage(document);
  app.get("/docs", async (_request, reply) => reply.type("text/html; charset=utf-8").send(page));
  app.get("/docs/json", async () => document);
}
