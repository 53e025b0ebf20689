import type { FastifyRequest } from "fastify";

/** The JSON body of a control call; an empty hash when there is none. */
export function bodyOf(request: FastifyRequest): Record<string, unknown> {
  const body: unknown =
    typeof request.body === "string" && request.body !== "" ? JSON.parse(request.body) : request.body;
  return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
}

/** A list of texts in such a body; throws a RangeError for anything else. */
export function textsOf(value: unknown): string[] {
  if (!Array.isArray(value) || value.some((entry) => typeof entry !== "string"))
    throw new RangeError("Send a list of texts.");
  return value as string[];
}
