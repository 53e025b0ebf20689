import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { API_VERSION } from "../api-version.ts";
import type { World } from "../billing/world.ts";
import { WALL } from "../clock.ts";
import { checkKey } from "./auth.ts";
import { StripeError } from "./errors.ts";
import { type FoundRoute, findRoute, unknownRoute } from "./find-route.ts";
import { decodeForm, type FormHash } from "./form.ts";
import { fingerprintOf, IdempotencyKeys } from "./idempotency.ts";
import { type Answer, errorAnswer, performCall, prepareCall } from "./perform-call.ts";
import { RateLimit } from "./rate-limit.ts";

export interface ApiOptions {
  world: World;
  secretKey: string | undefined;
  /** Milliseconds each call takes while it is carried out; makes concurrency visible. */
  latency: () => number;
  /** The error in which a call is to end though it could be carried out; null: none. */
  failure: (request: FastifyRequest) => StripeError | null;
  /** After each call, when its changes are durable. */
  onDone: () => void;
  onError: (text: string) => void;
}

/** Serves `/v1/*` the way Stripe's HTTP API does; what it does not have is a 404, wherever it was asked for. */
export function serveApi(app: FastifyInstance, options: ApiOptions): void {
  const keys = new IdempotencyKeys(options.world);
  const rates = new RateLimit(options.world.settings);
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  app.addHook("onRequest", async (request, reply) => {
    reply.header("request-id", request.id);
    reply.header("stripe-version", request.headers["stripe-version"] ?? API_VERSION);
    const account = request.headers["stripe-account"];
    if (account !== undefined) reply.header("stripe-account", account);
  });
  app.setErrorHandler((error, request, reply) =>
    answerError(request, reply, { error, onError: options.onError }),
  );
  app.setNotFoundHandler((request, reply) => {
    const error = unknownRoute(request.method, pathOf(request));
    return answerError(request, reply, { error, onError: options.onError });
  });
  app.route({
    method: ["GET", "POST", "DELETE"],
    url: "/v1/*",
    handler: (request, reply) => carryOut(request, reply, { ...options, keys, rates }),
  });
}

type Job = ApiOptions & { keys: IdempotencyKeys; rates: RateLimit };
type Execution = Job & { found: FoundRoute; key: string | null; onAnswer: (answer: Answer) => void };

async function carryOut(request: FastifyRequest, reply: FastifyReply, job: Job): Promise<FastifyReply> {
  const path = pathOf(request);
  const found = findRoute(methodOf(request), path);
  if (found === null) throw unknownRoute(request.method, path);
  checkKey(request.headers.authorization, job.secretKey);
  job.rates.count(`${found.route.method} ${found.route.path}`, WALL.now());
  const form = formOf(request);
  const header = request.headers["idempotency-key"];
  const key = request.method === "POST" && typeof header === "string" && header !== "" ? header : null;
  if (key === null)
    return send(reply, await execute(request, form, { ...job, found, key, onAnswer: () => {} }));
  reply.header("idempotency-key", key);
  const fingerprint = fingerprintOf(request.method, path, form);
  const known = job.keys.begin(key, fingerprint);
  if (known !== null) {
    if (known.request !== undefined) reply.header("original-request", known.request);
    if (job.world.settings.replayHeader) reply.header("idempotent-replayed", "true");
    return send(reply, known);
  }
  try {
    const onAnswer = (answer: Answer) => job.keys.keep(key, { ...answer, fingerprint, request: request.id });
    return send(reply, await execute(request, form, { ...job, found, key, onAnswer }));
  } finally {
    job.keys.end(key, fingerprint);
  }
}

async function execute(request: FastifyRequest, form: FormHash, job: Execution): Promise<Answer> {
  const prepared = prepareCall(job.found.route, form, versionOf(request, job.world));
  const pause = job.latency();
  if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
  const failure = job.failure(request);
  const work = () => {
    throw failure;
  };
  try {
    return performCall(job.world, failure === null ? prepared : { ...prepared, work }, {
      path: job.found.params,
      requestId: request.id,
      idempotencyKey: job.key,
      onAnswer: job.onAnswer,
      onError: job.onError,
    });
  } finally {
    job.onDone();
  }
}

/** The version a call names (previews have a word more behind it), or the account's. */
function versionOf(request: FastifyRequest, world: World): string {
  const named = request.headers["stripe-version"];
  if (named === undefined || named === "") return world.settings.accountVersion;
  if (/^\d{4}-\d{2}-\d{2}(\.\w+)?(;.*)?$/.test(String(named))) return String(named);
  const message = `Invalid Stripe API version: ${String(named)}`;
  throw new StripeError(400, { type: "invalid_request_error", message }, true);
}

/** Parameters come in the query, and except for reads in the body too. */
function formOf(request: FastifyRequest): FormHash {
  const query = request.url.slice(pathOf(request).length + 1);
  const body = typeof request.body === "string" ? request.body : "";
  if (body !== "" && /^(application\/json|multipart\/)/i.test(request.headers["content-type"] ?? "")) {
    const message =
      "Invalid request (check that your POST content type is application/x-www-form-urlencoded). If you have any questions, we can help at https://support.stripe.com/.";
    throw new StripeError(400, { type: "invalid_request_error", message }, true);
  }
  return decodeForm(`${query}&${body}`);
}

/** A HEAD is a GET whose body nobody sees. */
function methodOf(request: FastifyRequest): string {
  return request.method === "HEAD" ? "GET" : request.method;
}

function pathOf(request: FastifyRequest): string {
  return request.url.split("?")[0] ?? "";
}

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  return reply.status(answer.status).type("application/json").send(answer.body);
}

function answerError(
  request: FastifyRequest,
  reply: FastifyReply,
  { error, onError }: { error: unknown; onError: (text: string) => void },
): FastifyReply {
  if (error instanceof StripeError) reply.headers(error.headers);
  return send(reply, errorAnswer(error, onError, request.id));
}
