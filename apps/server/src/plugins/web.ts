import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import { AppError } from "@liveassist/shared/errors";
import type { FastifyInstance } from "fastify";
import { sendError } from "./errors.ts";

/** Everything under these is the API: what is not found there is not a page. */
const API = /^\/(api|trpc|healthz|readyz|metrics|docs)(\/|\?|$)/;

/**
 * Serves the built web app from one folder, and answers for everything that is not there: an address of the app gets its
 * page, anything else 404. Files are looked up when asked for, so that a new build needs no restart.
 */
export async function serveWeb(app: FastifyInstance, folder: string): Promise<void> {
  const isBuilt = existsSync(join(folder, "index.html"));
  app.setNotFoundHandler((request, reply) => {
    if (isBuilt && isPage(request)) return reply.header("cache-control", "no-cache").sendFile("index.html");
    return sendError(reply, new AppError("NOT_FOUND", "There is nothing here."));
  });
  if (!isBuilt) return;
  await app.register(fastifyStatic, {
    root: folder,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const isHashed = path.startsWith(join(folder, "assets"));
      reply.header("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
}

/** A missing asset is missing: a page in its place would be run as a script. */
const isPage = ({ method, url }: { method: string; url: string }): boolean =>
  (method === "GET" || method === "HEAD") && !API.test(url) && !url.startsWith("/assets/");
