import type { World } from "../billing/world.ts";
import { findRoute, unknownRoute } from "./find-route.ts";
import { decodeForm } from "./form.ts";
import { fingerprintOf, IdempotencyKeys } from "./idempotency.ts";
import { type Answer, errorAnswer, performCall, prepareCall } from "./perform-call.ts";

type Fetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** The API as a `fetch` without a network: same routes, errors and idempotency. Internal errors are thrown. */
export function answerInProcess(world: World, onDone: () => void): Fetch {
  const keys = new IdempotencyKeys(world);
  return async (url, init) => {
    const { pathname, search } = new URL(String(url));
    const method = init?.method ?? "GET";
    const headers = new Headers(init?.headers);
    const header = headers.get("idempotency-key");
    const version = headers.get("stripe-version") ?? world.settings.accountVersion;
    const key = method === "POST" && header !== null && header !== "" ? header : null;
    const text = `${search.slice(1)}&${String(init?.body ?? "")}`;
    const answer = answered(world, keys, { method, path: pathname, text, key, version });
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
  /** Query and body, as forms. */
  text: string;
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
  const { method, path, text, key, version } = request;
  const found = findRoute(method, path);
  if (found === null) throw unknownRoute(method, path);
  const form = decodeForm(text);
  const fingerprint = fingerprintOf(method, path, form);
  const known = key === null ? null : keys.begin(key, fingerprint);
  if (known !== null) return known;
  try {
    return performCall(world, prepareCall(found.route, form, version), {
      path: found.params,
      requestId: world.id("req"),
      idempotencyKey: key,
      onAnswer: (answer) => key !== null && keys.keep(key, { ...answer, fingerprint }),
      onError: fail,
    });
  } finally {
    if (key !== null) keys.end(key, fingerprint);
  }
}

function fail(line: string): never {
  throw new Error(line);
}
