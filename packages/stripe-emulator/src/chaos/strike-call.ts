import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { StripeError } from "../http/errors.ts";
import type { Chaos } from "./chaos.ts";
import { API_FAULTS } from "./faults.ts";

const SLOW_MS = 2_000;
const WITHOUT_ANSWER = new WeakSet<FastifyRequest>();
const FAILING = new WeakSet<FastifyRequest>();

/** Lets chaos at every call of the API; must be registered before its routes. */
export function strikeCalls(app: FastifyInstance, chaos: Chaos): void {
  app.addHook("preHandler", (request, reply) => strike(chaos, request, reply));
  // Carried out and remembered, but the answer never arrives: the caller cannot know.
  app.addHook("onSend", async (request, _reply, payload) => {
    if (WITHOUT_ANSWER.has(request)) request.raw.socket.resetAndDestroy();
    return payload;
  });
}

/** The error in which a call ends half-way: nothing it did stays, and its answer is kept for its key. Null: it goes on. */
export function failureOf(request: FastifyRequest): StripeError | null {
  return FAILING.has(request) ? new StripeError(500, { type: "api_error", message: ERROR }) : null;
}

/** Refuses pages while Stripe is down. */
export function refuseWhileDown(app: FastifyInstance, chaos: Chaos): void {
  app.addHook("onRequest", async (request, reply) => {
    if (!chaos.isDown()) return;
    reply.hijack();
    request.raw.socket.resetAndDestroy();
  });
}

async function strike(chaos: Chaos, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const call = `${request.method} ${request.url.split("?")[0]}`;
  for (const { fault, ms, retry } of chaos.strike(API_FAULTS, call)) {
    if (retry !== undefined) reply.header("stripe-should-retry", String(retry));
    if (fault === "slow") await new Promise((resolve) => setTimeout(resolve, ms ?? SLOW_MS));
    else if (fault === "lost_answer") WITHOUT_ANSWER.add(request);
    else if (fault === "kept_error") FAILING.add(request);
    else if (fault === "rate_limit") throw tooMany(reply);
    else if (fault === "error") throw new StripeError(500, { type: "api_error", message: ERROR }, true);
    else {
      reply.hijack();
      if (fault !== "hang") request.raw.socket.resetAndDestroy();
      return;
    }
  }
}

const ERROR = "Sorry! There was an error while talking to one of our backends. (Injected by the emulator.)";

function tooMany(reply: FastifyReply): StripeError {
  reply.header("stripe-rate-limited-reason", "global-rate");
  const message = "Request rate limit exceeded. (Injected by the emulator.)";
  return new StripeError(429, { type: "invalid_request_error", code: "rate_limit", message }, true);
}
