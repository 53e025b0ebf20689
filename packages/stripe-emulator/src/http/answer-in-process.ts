import type { World } from "../billing/world.ts";
import { ROUTES } from "../resources/all-routes.ts";
import { StripeError } from "./errors.ts";
import { decodeForm, type FormHash } from "./form.ts";
import { fingerprintOf, IdempotencyKeys } from "./idempotency.ts";
import { type Answer, errorAnswer, performCall, prepareCall } from "./perform-call.ts";
import type { Route } from "./route.ts";

type Fetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** The API as a `fetch` without a network: same routes, errors and idempotency. Internal errors are thrown. */
export function answerInProcess(world: World, onDone: () => void): Fetch {
  const keys = new IdempotencyKeys(world);
  return async (url, init) => {
    const { pathname, search } = new URL(String(url));
    const method = init?.method ?? "GET";
    const form = decodeForm(method === "POST" ? String(init?.body ?? "") : search.slice(1));
    const headers = new Headers(init?.headers);
    const header = headers.get("idempotency-key");
    const version = headers.get("stripe-version") ?? world.settings.accountVersion;
    const key = method === "POST" && header !== null && header !== "" ? header : null;
    const answer = answered(world, keys, { method, path: pathname, form, key, version });
    onDone();
    return new Response(answer.body, {
      status: answer.status,
      headers: { "content-type": "application/json", "request-id": world.id("req") },
    });
  };
}

interface Received {
  method: string;
  path: string;
  form: FormHash;
  key: string | null;
  version: string;
}

function answered(world: World, keys: IdempotencyKeys, request: Received): Answer {
  try {
    return carryOut(world, keys, request);
  } catch (error) {
    return errorAnswer(error, fail);
  }
}

function carryOut(world: World, keys: IdempotencyKeys, request: Received): Answer {
  const { method, path, form, key, version } = request;
  const found = findRoute(method, path);
  if (found === null) throw noRoute(method, path);
  const fingerprint = fingerprintOf(method, path, form);
  const known = key === null ? null : keys.begin(key, fingerprint);
  if (known !== null) return known;
  try {
    return performCall(world, prepareCall(found.route, form, version), {
      path: found.params,
      requestId: world.id("req"),
      idempotencyKey: key,
      onAnswer: (answer) => key !== null && keys.keep(key, { ...answer, fingerprint }),
      log: fail,
    });
  } finally {
    if (key !== null) keys.end(key);
  }
}

function findRoute(method: string, path: string): { route: Route; params: Record<string, string> } | null {
  const parts = path.split("/");
  for (const route of ROUTES) {
    const pattern = route.path.split("/");
    if (route.method !== method || pattern.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = pattern.every((piece, index) => {
      const part = parts[index] ?? "";
      if (!piece.startsWith(":")) return piece === part;
      params[piece.slice(1)] = decodeURIComponent(part);
      return true;
    });
    if (fits) return { route, params };
  }
  return null;
}

function noRoute(method: string, path: string): StripeError {
  const message = `Unrecognized request URL (${method}: ${path}).`;
  return new StripeError(404, { type: "invalid_request_error", message });
}

function fail(line: string): never {
  throw new Error(line);
}
