import type { IncomingMessage, ServerResponse } from "node:http";
import type { Draws } from "./draws.ts";

interface Struck {
  readonly path: string;
  readonly params: Record<string, string>;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Answers a call in Stripe's place, or leaves it alone: true when the call has had its answer, or never gets one. */
export type Weather = (call: Struck) => Promise<boolean>;

export const FAIR: Weather = async () => false;

const says =
  (status: number, body: unknown, type = "application/json"): Weather =>
  async ({ response }) => {
    response.writeHead(status, { "content-type": type });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
    return true;
  };

const failed = { error: { type: "api_error", message: "An unknown error occurred." } };

/** What an API does that is not well. */
export const STORMS = {
  "429": says(429, {
    error: { type: "invalid_request_error", code: "rate_limit", message: "Too many requests." },
  }),
  "500": says(500, failed),
  "503 without an error": says(503, { message: "Service Unavailable" }),
  "an empty 500": says(500, ""),
  "502 in HTML": says(502, "<html><body>Bad Gateway</body></html>", "text/html"),
  nothing: async () => true,
  reset: async ({ request }) => {
    request.socket.resetAndDestroy();
    return true;
  },
  "a cut body": async ({ response }) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "4000" });
    response.write('{"object":"list","data":[');
    setTimeout(() => response.destroy(), 20);
    return true;
  },
  slow: async () => {
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    return false;
  },
  "half pages": async (call) =>
    call.params["starting_after"] === undefined ? false : says(500, failed)(call),
} satisfies Record<string, Weather>;

export type Storm = keyof typeof STORMS;

/** Every storm in turn, drawn anew for each call, and fair weather between. */
export const unsettled =
  (draws: Draws, probability: number): Weather =>
  async (call) => {
    if (!draws.chance(probability)) return false;
    const storm = draws.pick(Object.keys(STORMS).filter((name) => name !== "nothing") as Storm[]);
    return STORMS[storm](call);
  };
