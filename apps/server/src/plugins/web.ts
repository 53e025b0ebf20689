import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import { AppError } from "@liveassist/shared/errors";
import type { FastifyInstance } from "fastify";
import { sendError } from "./errors.ts";

/** Everything under these is the API: what is not found there is not a page. */
const API = /^\/(api|trpc|healthz|readyz|metrics|docs)(\/|\?|$)/;

/** Serves the built web app from one folder; any other address is a route of the app. Hashed files are kept for ever. */
export async function serveWeb(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, "index.html"))) return;
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const isHashed = path.includes(`${join(folder, "assets")}`);
      reply.header("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  app.get("/*", (request, reply) => {
    if (API.test(request.url)) return sendError(reply, new AppError("NOT_FOUND", "There is nothing here."));
    return reply.sendFile("index.html");
  });
}
