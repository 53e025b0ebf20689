import type { FastifyInstance } from "fastify";
import { API_VERSIONS } from "../delivery/api-versions.ts";
import type { Engine } from "../engine.ts";
import { StripeError } from "../http/errors.ts";
import { rollSecret } from "../resources/roll-secret.ts";
import { isWebAddress, registerEndpoint } from "../resources/webhook-endpoints.ts";
import { TABLE_NAMES } from "../store/tables.ts";
import { bodyOf, textsOf } from "./json-body.ts";
import { isOwnRequest } from "./loopback.ts";

export interface Control {
  engine: Engine;
  reset: () => void;
}

/** `/_emulator/*`: what Stripe has no call for. JSON in and out, from this machine only. */
export function serveControl(app: FastifyInstance, { engine, reset }: Control): void {
  app.addHook("onRequest", async (request) => {
    if (isOwnRequest(request)) return;
    throw new StripeError(403, {
      type: "invalid_request_error",
      message: "The control API answers this machine only.",
    });
  });
  app.setErrorHandler((error, _request, reply) => {
    const known = error instanceof StripeError;
    const message = error instanceof Error ? error.message : String(error);
    return reply
      .status(known ? error.status : 400)
      .send({ error: { type: "invalid_request_error", message } });
  });
  app.get("/_emulator/state", () => summary(engine));
  app.get("/_emulator/clock", () => ({ now: engine.now() }));
  app.post("/_emulator/clock/advance", async (request) => {
    await engine.advanceTo(targetOf(engine, bodyOf(request)));
    return { now: engine.now() };
  });
  app.post("/_emulator/endpoints", (request) => {
    const { url, secret, enabledEvents, apiVersion } = bodyOf(request);
    if (typeof url !== "string" || !isWebAddress(url))
      throw new RangeError("Send {url, secret?, enabledEvents?, apiVersion?}.");
    const endpoint = registerEndpoint(engine.world, {
      url,
      ...(typeof secret === "string" && { secret }),
      ...(typeof apiVersion === "string" && { apiVersion: versionOf(apiVersion) }),
      ...(Array.isArray(enabledEvents) && { enabledEvents: textsOf(enabledEvents) }),
    });
    engine.store.commit();
    return { id: endpoint.id, secret: endpoint.secret };
  });
  app.post<{ Params: { id: string } }>("/_emulator/endpoints/:id/roll", (request) => {
    const { hours = 24 } = bodyOf(request);
    const keepMs = Number(hours) * 3_600_000;
    const secret = rollSecret(engine.world, request.params.id, { keepMs, now: engine.now() });
    engine.store.commit();
    return { id: request.params.id, secret };
  });
  app.post("/_emulator/reset", () => {
    reset();
    return { reset: true };
  });
}

function summary(engine: Engine): object {
  const counts = Object.fromEntries(TABLE_NAMES.map((table) => [table, engine.store.count(table)]));
  return { now: engine.now(), hold: engine.deliveries.hold, counts };
}

function versionOf(text: string): string {
  if (!API_VERSIONS.includes(text)) throw new RangeError(`There is no API version ${text}.`);
  return text;
}

/** `{seconds}` ahead, `{to}` an absolute time in milliseconds, or to the `next` due moment. */
function targetOf(engine: Engine, body: Record<string, unknown>): number {
  const { seconds, to, next } = body;
  if (next === true) return engine.nextDue() ?? engine.now();
  const target =
    typeof to === "number" ? to : typeof seconds === "number" ? engine.now() + seconds * 1000 : Number.NaN;
  if (!Number.isFinite(target) || target < engine.now() - 1000)
    throw new RangeError("Send {seconds: n}, n > 0, {to: milliseconds ahead of now} or {next: true}.");
  return target;
}
