import { appRouter, type ProcedureMeta } from "@liveassist/api";
import { ERRORS } from "@liveassist/shared/errors";
import { z } from "zod";
import { failure, fixedPaths, jsonBody } from "./fixed-paths.ts";

type Json = Record<string, unknown>;

/** What a procedure says of itself; the router's own types hide it. */
interface Declared {
  readonly _def: {
    readonly meta?: ProcedureMeta;
    readonly inputs: readonly z.ZodType[];
    readonly output?: z.ZodType;
  };
}

const schemaOf = (schema: z.ZodType, io: "input" | "output"): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io }) as Json;
  return rest;
};

function operation(path: string, { meta, inputs, output }: Declared["_def"]): Json {
  const input = inputs.at(-1);
  const takesBody = meta?.rest?.method === "POST" && input !== undefined;
  const schema = input instanceof z.ZodOptional ? (input.unwrap() as z.ZodType) : input;
  return {
    tags: [path.split(".")[0]],
    operationId: path,
    summary: meta?.summary,
    ...(takesBody && schema
      ? {
          requestBody: {
            required: !(input instanceof z.ZodOptional),
            ...jsonBody(schemaOf(schema, "input")),
          },
        }
      : {}),
    responses: {
      200: { description: "Done", ...(output ? jsonBody(schemaOf(output, "output")) : {}) },
      "4XX": failure("Refused; `code` tells why"),
      503: failure("Stripe cannot be reached; nothing was changed"),
    },
  };
}

function procedurePaths(): Json {
  const entries = Object.entries<unknown>(appRouter._def.procedures).flatMap(([path, procedure]) => {
    const { _def } = procedure as Declared;
    const rest = _def.meta?.rest;
    return rest ? [[rest.path, { [rest.method.toLowerCase()]: operation(path, _def) }] as const] : [];
  });
  return Object.fromEntries(entries);
}

const errorSchema: Json = {
  type: "object",
  required: ["error", "code", "message"],
  properties: {
    error: { enum: [...new Set(Object.values(ERRORS).map((one) => one.error))] },
    code: { enum: Object.keys(ERRORS) },
    message: { type: "string" },
    issues: {
      type: "array",
      items: { type: "object", properties: { path: { type: "string" }, message: { type: "string" } } },
    },
  },
};

/** The OpenAPI 3.1 description of every path we serve, made from the procedures' own schemas. */
export function openApiDocument(appUrl: string): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "LiveAssist",
      version: "1",
      description:
        "JSON over HTTP; the same procedures are served by tRPC at `/trpc`, over HTTP and, with the session cookie, over a WebSocket. Times are ISO 8601 in UTC, amounts öre.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: appUrl }],
    security: [{ session: [] }],
    paths: { ...procedurePaths(), ...fixedPaths },
    components: {
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: "session_token" } },
      schemas: { Error: errorSchema },
    },
  };
}
