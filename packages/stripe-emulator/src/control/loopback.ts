import type { FastifyRequest } from "fastify";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/;

/** Control is for this machine only: a loopback Host (no DNS rebinding), and no page of another origin behind it. */
export function isOwnRequest(request: FastifyRequest): boolean {
  const host = request.headers.host ?? "";
  if (!LOOPBACK.test(host)) return false;
  const { origin } = request.headers;
  return origin === undefined || origin === `http://${host}`;
}
