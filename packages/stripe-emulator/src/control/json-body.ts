import type { FastifyRequest } from "fastify";

/** The JSON body of a control call; an empty hash when there is none. */
export function bodyOf(request: FastifyRequest): Record<string, unknown> {
  const body: unknown =
    typeof request.body === "string" && request.body !== "" ? JSON.parse(request.body) : request.body;
  return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
}
