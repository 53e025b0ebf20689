import { AppError } from "@liveassist/shared/errors";
import type { FastifyInstance } from "fastify";
import { sendError } from "./errors.ts";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);
const LOOPBACK = ["localhost", "127.0.0.1"];

/**
 * Tells whether a request's `Origin` is our own. No `Origin` is not a browser, and allowed; for a loopback address
 * localhost and 127.0.0.1 both count (requirements, edges).
 */
export function originCheck(appUrl: string): (origin: string | undefined) => boolean {
  const own = new URL(appUrl);
  const hosts = LOOPBACK.includes(own.hostname) ? LOOPBACK : [own.hostname];
  const allowed = new Set(hosts.map((host) => `${own.protocol}//${host}${own.port ? `:${own.port}` : ""}`));
  return (origin) => origin === undefined || allowed.has(origin);
}

/** Refuses state-changing calls from another site with 403, before anything reads them. */
export function refuseForeignOrigins(
  app: FastifyInstance,
  isOwn: (origin: string | undefined) => boolean,
): void {
  app.addHook("onRequest", async (request, reply) => {
    if (SAFE_METHODS.has(request.method) || isOwn(request.headers.origin)) return;
    return sendError(reply, new AppError("FOREIGN_ORIGIN", "Calls from other sites are not allowed."));
  });
}
