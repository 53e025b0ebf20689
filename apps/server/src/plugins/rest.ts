import { appRouter, type ProcedureMeta } from "@liveassist/api";
import { callTRPCProcedure } from "@trpc/server";
import type { FastifyInstance } from "fastify";
import type { CallContext } from "./call-context.ts";
import { sendError } from "./errors.ts";

export interface RestRoute {
  readonly path: string;
  readonly type: "query" | "mutation";
  readonly method: "GET" | "POST";
  readonly url: string;
}

/** What a procedure says of itself; the router's own types hide it. */
interface Declared {
  readonly _def: { readonly meta?: ProcedureMeta; readonly type: string };
}

/** The REST routes that the procedures declare in their `meta`. */
export function restRoutes(): RestRoute[] {
  return Object.entries<unknown>(appRouter._def.procedures).flatMap(([path, procedure]) => {
    const { meta, type } = (procedure as Declared)._def;
    if (!meta?.rest || type === "subscription") return [];
    return [{ path, type: type as "query" | "mutation", method: meta.rest.method, url: meta.rest.path }];
  });
}

/** Serves those procedures as plain JSON routes: the same code, the same errors, real status codes. */
export function serveRest(app: FastifyInstance, context: CallContext): void {
  for (const { path, type, method, url } of restRoutes()) {
    app.route({
      method,
      url,
      handler: async (request, reply) => {
        try {
          const ctx = await context(request, reply);
          const input = method === "GET" ? undefined : (request.body ?? undefined);
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
          return sendError(reply, error);
        }
      },
    });
  }
}
