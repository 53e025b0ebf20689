import { appRouter, type ProcedureMeta } from "@liveassist/api";
import { ERRORS } from "@liveassist/shared/errors";
import { z } from "zod";
import { filesPaths } from "./files-paths.ts";
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

/** An input as it travels: names of the path and the query are parameters, everything else is the body. */
function inputParts(
  input: z.ZodType | undefined,
  { method, path }: NonNullable<ProcedureMeta["rest"]>,
): Json {
  if (input === undefined) return {};
  const schema = input instanceof z.ZodOptional ? (input.unwrap() as z.ZodType) : input;
  const { properties = {}, required = [], ...rest } = schemaOf(schema, "input");
  const needed = required as string[];
  const named = Object.keys(properties as Json).map((name) => {
    const inPath = path.includes(`:${name}`);
    const place = inPath ? "path" : method === "GET" ? "query" : "body";
    return { name, in: place, required: inPath || needed.includes(name), schema: (properties as Json)[name] };
  });
  const parameters = named.filter((one) => one.in !== "body");
  const body = named.filter((one) => one.in === "body");
  const bodySchema: Json = {
    ...rest,
    properties: Object.fromEntries(body.map((one) => [one.name, one.schema])),
    required: body.filter((one) => one.required).map((one) => one.name),
  };
  const takesBody = method !== "GET" && (body.length > 0 || parameters.length === 0);
  return {
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(takesBody
      ? { requestBody: { required: !(input instanceof z.ZodOptional), ...jsonBody(bodySchema) } }
      : {}),
  };
}

function operation(path: string, { meta, inputs, output }: Declared["_def"]): Json {
  return {
    tags: [path.split(".")[0]],
    operationId: path,
    summary: meta?.summary,
    ...(meta?.rest ? inputParts(inputs.at(-1), meta.rest) : {}),
    responses: {
      200: { description: "Done", ...(output ? jsonBody(schemaOf(output, "output")) : {}) },
      "4XX": failure("Refused; `code` tells why"),
      503: failure("Stripe cannot be reached; nothing was changed"),
    },
  };
}

function procedurePaths(): Json {
  const paths: Record<string, Json> = {};
  for (const [path, procedure] of Object.entries<unknown>(appRouter._def.procedures)) {
    const { _def } = procedure as Declared;
    const rest = _def.meta?.rest;
    if (!rest) continue;
    const address = rest.path.replace(/:(\w+)/g, "{$1}");
    paths[address] = { ...paths[address], [rest.method.toLowerCase()]: operation(path, _def) };
  }
  return paths;
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
    paths: { ...procedurePaths(), ...filesPaths, ...fixedPaths },
    components: {
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: "session_token" } },
      schemas: { Error: errorSchema },
    },
  };
}
