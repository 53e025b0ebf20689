import { appRouter, type ProcedureMeta, type RestMethod, toAppError } from "@liveassist/api";
import { AppError } from "@liveassist/shared/errors";
import { callTRPCProcedure } from "@trpc/server";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { CallContext } from "./call-context.ts";
import { sendError } from "./errors.ts";

export interface RestRoute {
  readonly path: string;
  readonly type: "query" | "mutation";
  readonly method: RestMethod;
  readonly url: string;
  /** False: its input has no field at all. */
  readonly takesInput: boolean;
}

/** What a procedure says of itself; the router's own types hide it. */
interface Declared {
  readonly _def: {
    readonly meta?: ProcedureMeta;
    readonly type: string;
    readonly inputs: readonly unknown[];
  };
}

/** The REST routes that the procedures declare in their `meta`. */
export function restRoutes(): RestRoute[] {
  return Object.entries<unknown>(appRouter._def.procedures).flatMap(([path, procedure]) => {
    const { meta, type, inputs } = (procedure as Declared)._def;
    if (!meta?.rest || type === "subscription") return [];
    const { method, path: url } = meta.rest;
    const takesInput = method !== "GET" || fieldsOf(inputs.at(-1)) > 0;
    return [{ path, type: type as "query" | "mutation", method, url, takesInput }];
  });
}

function fieldsOf(schema: unknown): number {
  const plain = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  return plain instanceof z.ZodObject ? Object.keys(plain.shape).length : 0;
}

/** Serves those procedures as plain JSON routes: the same code, the same errors, real status codes. */
export function serveRest(app: FastifyInstance, context: CallContext): void {
  for (const { path, type, method, url, takesInput } of restRoutes()) {
    app.route({
      method,
      url,
      handler: async (request, reply) => {
        try {
          const ctx = await context(request, reply);
          const input = takesInput ? inputOf(request) : undefined;
          const answer: unknown = await callTRPCProcedure({
            router: appRouter,
            path,
            type,
            ctx,
            getRawInput: async () => input,
            signal: undefined,
            batchIndex: 0,
          });
          return await reply.header("cache-control", "no-store").send(answer);
        } catch (error) {
          return sendError(reply, unlessNowhere(error, request));
        }
      },
    });
  }
}

/**
 * A procedure's input: the names in the path, over the query of a read or the body of anything else. A read without any
 * input takes none from the query either: proxies and browsers add to it.
 */
function inputOf({ method, params, query, body }: FastifyRequest): unknown {
  const isRead = method === "GET" || method === "HEAD";
  const given = isRead ? query : (body ?? undefined);
  const named = params as Record<string, string>;
  if (Object.keys(named).length === 0) return isRead && isEmpty(query) ? undefined : given;
  if (given === undefined) return named;
  // Whatever is no object is for the procedure to refuse.
  return typeof given === "object" && !Array.isArray(given) ? { ...given, ...named } : given;
}

/** An address that cannot name anything leads nowhere, as one that names nothing does; only the rest can be wrong. */
function unlessNowhere(error: unknown, { params }: FastifyRequest): AppError {
  const known = toAppError(error);
  const isNowhere = known.issues?.some(({ path }) => Object.hasOwn(params as object, path));
  return isNowhere ? new AppError("NOT_FOUND", "There is nothing here.") : known;
}

const isEmpty = (query: unknown): boolean => Object.keys(query as object).length === 0;
