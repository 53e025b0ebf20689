import { ROUTES } from "../resources/all-routes.ts";
import { StripeError } from "./errors.ts";
import type { Route } from "./route.ts";

interface Known {
  route: Route;
  pieces: string[];
}

export interface FoundRoute {
  route: Route;
  params: Record<string, string>;
}

let known: Map<string, Known[]> | null = null;

/** The call of this method and path; null when the emulator has none. A written piece of a path goes before an open one. */
export function findRoute(method: string, path: string): FoundRoute | null {
  known ??= sortedRoutes();
  const parts = path.split("/");
  for (const { route, pieces } of known.get(keyOf(method, parts)) ?? []) {
    const fits = pieces.every((piece, at) =>
      piece.startsWith(":") ? parts[at] !== "" : piece === parts[at],
    );
    if (!fits) continue;
    const open = pieces.flatMap((piece, at) =>
      piece.startsWith(":") ? [[piece.slice(1), parts[at] ?? ""]] : [],
    );
    return { route, params: Object.fromEntries(open.map(([name, part = ""]) => [name, decoded(part)])) };
  }
  return null;
}

function sortedRoutes(): Map<string, Known[]> {
  const byLength = new Map<string, Known[]>();
  for (const route of ROUTES) {
    const pieces = route.path.split("/");
    const key = keyOf(route.method, pieces);
    byLength.set(key, [...(byLength.get(key) ?? []), { route, pieces }]);
  }
  const openness = ({ pieces }: Known) => pieces.map((piece) => (piece.startsWith(":") ? "1" : "0")).join("");
  for (const [key, routes] of byLength)
    byLength.set(
      key,
      routes.toSorted((a, b) => (openness(a) < openness(b) ? -1 : 1)),
    );
  return byLength;
}

function keyOf(method: string, parts: readonly string[]): string {
  return `${method} ${parts.length}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badAddress();
  }
}

/** 400: an address that is none. */
export function badAddress(): StripeError {
  const message = "Invalid percent-encoding in the request URL.";
  return new StripeError(400, { type: "invalid_request_error", message }, true);
}

/** 404 for what the emulator does not have, also a known path with another method; in the shape of the API asked for. */
export function unknownRoute(method: string, path: string): StripeError {
  const message = `Unrecognized request URL (${method}: ${path}). The Stripe emulator does not have it; its README says what it covers.`;
  const error = new StripeError(404, { type: "invalid_request_error", message }, true);
  if (/^\/v2(\/|$)/.test(path)) error.body.code = "not_found";
  return error;
}
