import { appRouter } from "@liveassist/api";
import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { CallContext } from "./call-context.ts";

/** More calls than this in one request are refused: a batch must not be a way around rate limits. */
const MOST_CALLS = 10;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

type Query = { readonly input?: string; readonly batch?: string };

/**
 * tRPC over HTTP by `callTRPCProcedure`: the stock adapter costs three to six times a plain route (stack.md). Speaks the
 * protocol of `httpLink` and `httpBatchLink`, without streaming.
 */
export function serveTrpc(app: FastifyInstance, context: CallContext): void {
  app.route<{ Params: { "*": string }; Querystring: Query }>({
    method: ["GET", "POST"],
    url: "/trpc/*",
    handler: async (request, reply) => {
      const paths = request.params["*"].split(",");
      const isBatch = request.query.batch === "1";
      const answers = await answerAll(request, reply, { paths, isBatch, context });
      const statuses = new Set(answers.map((answer) => answer.status));
      const [only] = statuses;
      const bodies = answers.map((answer) => answer.body);
      return reply
        .code(statuses.size === 1 && only !== undefined ? only : 207)
        .header("cache-control", "no-store")
        .type("application/json; charset=utf-8")
        .send(JSON.stringify(isBatch ? bodies : bodies[0]));
    },
  });
}

interface Call {
  readonly paths: readonly string[];
  readonly isBatch: boolean;
  readonly context: CallContext;
}

async function answerAll(
  request: FastifyRequest<{ Querystring: Query }>,
  reply: FastifyReply,
  { paths, isBatch, context }: Call,
): Promise<Answer[]> {
  try {
    if (paths.length > (isBatch ? MOST_CALLS : 1)) {
      throw new TRPCError({ code: "BAD_REQUEST", message: `At most ${MOST_CALLS} calls in one request.` });
    }
    const inputs = readInputs(request, isBatch);
    const ctx = await context(request, reply);
    const type = request.method === "GET" ? "query" : "mutation";
    return await Promise.all(
      paths.map(async (path, index) => {
        const input = inputs[index];
        try {
          const getRawInput = async () => input;
          const called = {
            router: appRouter,
            path,
            type,
            ctx,
            getRawInput,
            signal: undefined,
            batchIndex: index,
          } as const;
          const data: unknown = await callTRPCProcedure(called);
          return { status: 200, body: { result: { data } } };
        } catch (error) {
          return failure(error, { path, type, input, ctx });
        }
      }),
    );
  } catch (error) {
    const path = paths.join(",");
    return paths
      .slice(0, isBatch ? MOST_CALLS : 1)
      .map(() => failure(error, { path, type: "query", input: undefined, ctx: undefined }));
  }
}

type Failed = Pick<Parameters<typeof getTRPCErrorShape>[0], "path" | "type" | "input"> & {
  ctx: never | undefined | object;
};

function failure(thrown: unknown, { path, type, input, ctx }: Failed): Answer {
  const error = getTRPCErrorFromUnknown(thrown);
  const shape = getTRPCErrorShape({
    config: appRouter._def._config,
    error,
    type,
    path,
    input,
    ctx: ctx as undefined,
  });
  return { status: getHTTPStatusCodeFromError(error), body: { error: shape } };
}

/** Query inputs stand in the address, mutation inputs in the body; a batch numbers them. */
function readInputs(
  request: FastifyRequest<{ Querystring: Query }>,
  isBatch: boolean,
): Record<number, unknown> {
  const raw = request.method === "GET" ? parse(request.query.input) : request.body;
  if (!isBatch) return { 0: raw ?? undefined };
  if (raw === undefined || raw === null) return {};
  if (typeof raw !== "object")
    throw new TRPCError({ code: "BAD_REQUEST", message: "A batch's input is an object." });
  return raw as Record<number, unknown>;
}

function parse(text: string | undefined): unknown {
  if (text === undefined || text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TRPCError({ code: "PARSE_ERROR", cause });
  }
}
