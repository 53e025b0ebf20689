import { ROUTES } from "../../src/resources/all-routes.ts";
import { type SdkMethod, sdkMethods } from "./sdk-methods.ts";

/** Calls that no method of the SDK makes: those of Stripe's own pages and command line, and of lists inside objects. */
const NOT_OF_THE_SDK = [
  /^\/v1\/payment_pages\b/,
  /^\/v1\/events\/:id\/retry$/,
  /^\/v1\/charges\/:id\/refunds$/,
];

/** Calls that are always refused: only a refund by a means that the emulator has not can be cancelled. */
export const ALWAYS_REFUSED: readonly string[] = ["POST /v1/refunds/:id/cancel"];

const METHODS = new Map(sdkMethods().map((method) => [method.call, method]));

/** Calls that the emulator answers, for programs that use the SDK: `POST /v1/checkout/sessions/:id/expire`. */
export const ANSWERED_CALLS: readonly string[] = ROUTES.filter(
  ({ path }) => !NOT_OF_THE_SDK.some((own) => own.test(path)),
).map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ":id")}`);

/** The methods of the SDK that the emulator answers. */
export const IMPLEMENTED: readonly SdkMethod[] = ANSWERED_CALLS.flatMap((call) => METHODS.get(call) ?? []);

/** Those with the fewest ids first: `create_preview` is no id. */
const PATTERNS = IMPLEMENTED.map((method) => {
  const [verb, path = ""] = method.call.split(" ");
  return { method, verb, pieces: path.split("/") };
}).toSorted((a, b) => idsIn(a.pieces) - idsIn(b.pieces));

/** The SDK's method that made a call (`POST`, `/v1/refunds/re_1`); null: none of those that are answered. */
export function methodOf({ method: verb, path }: { method: string; path: string }): SdkMethod | null {
  const parts = path.split("/");
  const found = PATTERNS.find(
    ({ verb: own, pieces }) =>
      own === verb &&
      pieces.length === parts.length &&
      pieces.every((piece, index) => piece === ":id" || piece === parts[index]),
  );
  return found?.method ?? null;
}

function idsIn(pieces: readonly string[]): number {
  return pieces.filter((piece) => piece === ":id").length;
}
