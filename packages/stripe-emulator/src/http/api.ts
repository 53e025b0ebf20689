import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { API_VERSION } from "../api-version.ts";
import type { World } from "../billing/world.ts";
import { checkKey } from "./auth.ts";
import { StripeError } from "./errors.ts";
import { decodeForm, type FormHash } from "./form.ts";
import { fingerprintOf, IdempotencyKeys } from "./idempotency.ts";
import { type Answer, errorAnswer, performCall, prepareCall } from "./perform-call.ts";
import type { Route } from "./route.ts";

export interface ApiOptions {
  world: World;
  routes: readonly Route[];
  secretKey: string | undefined;
  /** Milliseconds each call takes while it is carried out; makes concurrency visible. */
  latency: () => number;
  /** After each call, when its changes are durable. */
  onDone: () => void;
  log: (line: string) => void;
}

/** Serves `/v1/*` the way Stripe's HTTP API does. */
export function serveApi(app: FastifyInstance, options: ApiOptions): void {
  const keys = new IdempotencyKeys(options.world);
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) =>
    done(null, body),
  );
  app.addHook("onRequest", async (request, reply) => {
    reply.header("request-id", request.id);
    reply.header("stripe-version", request.headers["stripe-version"] ?? API_VERSION);
  });
  app.setErrorHandler((error, _request, reply) => answerError(reply, error, options.log));
  app.setNotFoundHandler((request, reply) => {
    const message = `Unrecognized request URL (${request.method}: ${pathOf(request)}). The Stripe emulator may not cover it; see its README.`;
    return answerError(reply, new StripeError(404, { type: "invalid_request_error", message }), options.log);
  });
  for (const route of options.routes) {
    app.route({
      method: route.method,
      url: route.path,
      handler: (request, reply) => carryOut(request, reply, { ...options, route, keys }),
    });
  }
}

type Job = ApiOptions & { route: Route; keys: IdempotencyKeys };
type Execution = Job & { key: string | null; onAnswer: (answer: Answer) => void };

async function carryOut(request: FastifyRequest, reply: FastifyReply, job: Job): Promise<FastifyReply> {
  checkKey(request.headers.authorization, job.secretKey);
  const form = formOf(request);
  const header = request.headers["idempotency-key"];
  const key = request.method === "POST" && typeof header === "string" && header !== "" ? header : null;
  if (key === null) return send(reply, await execute(request, form, { ...job, key, onAnswer: () => {} }));
  reply.header("idempotency-key", key);
  const fingerprint = fingerprintOf(request.method, pathOf(request), form);
  const known = job.keys.begin(key, fingerprint);
  if (known !== null) return send(reply.header("idempotent-replayed", "true"), known);
  try {
    const onAnswer = (answer: Answer) => job.keys.keep(key, { ...answer, fingerprint });
    return send(reply, await execute(request, form, { ...job, key, onAnswer }));
  } finally {
    job.keys.end(key);
  }
}

async function execute(request: FastifyRequest, form: FormHash, job: Execution): Promise<Answer> {
  const named = request.headers["stripe-version"];
  const version = typeof named === "string" ? named : job.world.settings.accountVersion;
  const prepared = prepareCall(job.route, form, version);
  const pause = job.latency();
  if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
  try {
    return performCall(job.world, prepared, {
      path: request.params as Record<string, string>,
      requestId: request.id,
      idempotencyKey: job.key,
      onAnswer: job.onAnswer,
      log: job.log,
    });
  } finally {
    job.onDone();
  }
}

function formOf(request: FastifyRequest): FormHash {
  if (request.method !== "POST") return decodeForm(request.url.split("?")[1] ?? "");
  if (String(request.headers["content-type"]).startsWith("application/json")) {
    const message = "This API takes application/x-www-form-urlencoded bodies, not JSON.";
    throw new StripeError(400, { type: "invalid_request_error", message }, true);
  }
  return decodeForm(typeof request.body === "string" ? request.body : "");
}

function pathOf(request: FastifyRequest): string {
  return request.url.split("?")[0] ?? "";
}

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  return reply.status(answer.status).type("application/json").send(answer.body);
}

function answerError(reply: FastifyReply, error: unknown, log: (line: string) => void): FastifyReply {
  return send(reply, errorAnswer(error, log));
}
