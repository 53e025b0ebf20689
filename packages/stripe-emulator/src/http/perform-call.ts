import type { World } from "../billing/world.ts";
import { CardRefused, type ErrorBody, IntentRefused, StripeError } from "./errors.ts";
import { expand } from "./expand.ts";
import type { FormHash } from "./form.ts";
import { list, text } from "./params.ts";
import type { Call, Route } from "./route.ts";
import { inTimeOfCall } from "./time-of-call.ts";

const LOGS = "https://dashboard.stripe.com/test/logs/";

/** What a call is answered with. */
export interface Answer {
  status: number;
  body: string;
}

/** A call whose parameters are in order. */
export interface Prepared {
  method: Route["method"];
  params: FormHash;
  expand: string[];
  work: (call: Call) => object;
}

/** Reads the parameters of a call made with `version`; what is wrong with them is thrown, and nothing was carried out. */
export function prepareCall(route: Route, form: FormHash, version: string): Prepared {
  const { expand: wanted, ...params } = form;
  const paths = wanted === undefined || wanted === "" ? [] : list(text)(wanted, "expand", version);
  return { method: route.method, params, expand: paths, work: route.prepare(params, version) };
}

export interface Circumstances {
  path: Record<string, string>;
  requestId: string;
  idempotencyKey: string | null;
  /** Called before the commit, so that effect and remembered answer become durable together. */
  onAnswer: (answer: Answer) => void;
  onError: (text: string) => void;
}

/** Everything or nothing: an error takes back what was changed before it. Errors before execution are thrown on. */
export function performCall(world: World, prepared: Prepared, around: Circumstances): Answer {
  world.cause = { id: around.requestId, idempotency_key: around.idempotencyKey };
  try {
    const answer = attempt({ world, path: around.path }, prepared, around);
    around.onAnswer(answer);
    return answer;
  } finally {
    world.cause = null;
    world.store.commit();
  }
}

function attempt(call: Call, prepared: Prepared, { onError, requestId }: Circumstances): Answer {
  const { method, params, work } = prepared;
  try {
    const answer = method === "GET" ? work(call) : inTimeOfCall(call, params, () => work(call));
    return { status: 200, body: JSON.stringify(expand(call.world, answer, prepared.expand), null, 2) };
  } catch (error) {
    const stays = error instanceof CardRefused || error instanceof IntentRefused;
    if (!stays) call.world.store.rollback();
    if (error instanceof StripeError && error.beforeExecution) throw error;
    return errorAnswer(error, onError, requestId);
  }
}

/** An error as Stripe answers it. What is no error of Stripe's is a 500, and told to `onError`. */
export function errorAnswer(error: unknown, onError: (text: string) => void, requestId?: string): Answer {
  if (error instanceof StripeError) return refusal(error.status, error.body, requestId);
  const status = statusOf(error);
  if (status < 500) {
    const message = error instanceof Error ? error.message : "Bad request";
    return refusal(status, { type: "invalid_request_error", message }, requestId);
  }
  onError(
    `stripe-emulator: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  const message = "An internal error of the Stripe emulator.";
  return refusal(500, { type: "api_error", message }, requestId);
}

function refusal(status: number, body: ErrorBody, requestId: string | undefined): Answer {
  const log = requestId === undefined ? {} : { request_log_url: `${LOGS}${requestId}` };
  return { status, body: JSON.stringify({ error: { ...body, ...log } }, null, 2) };
}

/** Fastify's own refusals (body too large, bad header) carry their status. */
function statusOf(error: unknown): number {
  const status =
    typeof error === "object" && error !== null && "statusCode" in error ? error.statusCode : 500;
  return typeof status === "number" && status >= 400 ? status : 500;
}
