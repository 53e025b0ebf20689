import { createHash, timingSafeEqual } from "node:crypto";
import { AppError } from "@liveassist/shared/errors";
import type { FastifyInstance } from "fastify";
import type { ReadableMetrics } from "../adapters/metrics.ts";
import { sendError } from "./errors.ts";

interface Access {
  /** The bearer token asked for; without one nobody is let in. */
  readonly token: string | undefined;
  /** No token is asked for: this installation is on loopback (requirements, HTTP contract). */
  readonly isOpen: boolean;
}

/** `/metrics` in Prometheus' text format. */
export function serveMetrics(
  app: FastifyInstance,
  metrics: ReadableMetrics,
  { token, isOpen }: Access,
): void {
  app.get("/metrics", async (request, reply) => {
    if (!isOpen && !isBearer(request.headers.authorization, token)) {
      void reply.header("www-authenticate", "Bearer");
      return sendError(reply, new AppError("UNAUTHENTICATED", "Send METRICS_TOKEN as a bearer token."));
    }
    return reply
      .header("cache-control", "no-store")
      .type(metrics.contentType)
      .send(await metrics.read());
  });
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Compared as digests, in a time that tells nothing of the token. */
function isBearer(header: string | undefined, token: string | undefined): boolean {
  const given = /^Bearer +(\S+) *$/i.exec(header ?? "")?.[1];
  return given !== undefined && token !== undefined && timingSafeEqual(digest(given), digest(token));
}
