import type { Core } from "@liveassist/stripe-emulator/core";
import type { Effects, Fault, Verdict } from "../effects.ts";
import type { Replicas } from "../replicas.ts";

export interface StripeGate {
  readonly core: Core;
  readonly effects: Effects;
  readonly server: string;
  readonly replicas: Replicas;
  readonly step: () => number;
  /** Stripe may have changed something. */
  readonly onCall: () => void;
}

const lost = (): Error => new TypeError("fetch failed");
const json = (status: number, body: string): Response =>
  new Response(body, { status, headers: { "content-type": "application/json" } });
const refusal = (status: number, type: string): Response =>
  json(status, JSON.stringify({ error: { type, message: `The simulation answers ${status}.` } }));

/** Stripe's API as one process reaches it: each request waits to arrive, each answer waits to come back. */
export function gatedFetch(gate: StripeGate): typeof fetch {
  return async (input, init) => {
    const url = new URL(String(input));
    const label = `${init?.method ?? "GET"} ${url.pathname.replace("/v1/", "")}`;
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
    aborted.catch(() => {});
    // Given up by its caller, a request may still reach Stripe.
    const travelling = travel(gate, { url, init, label });
    travelling.catch(() => {});
    return Promise.race([travelling, aborted]);
  };
}

interface Call {
  readonly url: URL;
  readonly init: RequestInit | undefined;
  readonly label: string;
}

async function travel(gate: StripeGate, { url, init, label }: Call): Promise<Response> {
  const verdict = await gate.effects.park(gate.server, "request", label);
  const refused = refusedBy(gate, url, verdict);
  const answer = refused ? await refused : await carryOut(gate, url, init);
  const arrival = await gate.effects.park(gate.server, "answer", `answer to ${label}`);
  if (arrival.kind === "lost" || arrival.kind === "fail") throw lost();
  return answer;
}

async function carryOut(gate: StripeGate, url: URL, init: RequestInit | undefined): Promise<Response> {
  const answer = await gate.core.fetch(url, init);
  const body = await answer.text();
  const isList = (init?.method ?? "GET") === "GET" && url.pathname === "/v1/subscriptions";
  if (isList && answer.ok) gate.replicas.remember(url.href, { body, step: gate.step() });
  gate.onCall();
  return json(answer.status, body);
}

function refusedBy(gate: StripeGate, url: URL, verdict: Verdict): Response | Promise<Response> | null {
  if (verdict.kind !== "fail") return null;
  return FAULTS[verdict.fault](gate, url);
}

const FAULTS: Record<Fault, (gate: StripeGate, url: URL) => Response | Promise<Response> | null> = {
  "429": () => refusal(429, "rate_limit_error"),
  "500": () => refusal(500, "api_error"),
  "500-bare": () => json(500, "{}"),
  cut: () => Promise.reject(lost()),
  timeout: () => new Promise(() => {}),
  stale(gate, url) {
    const body = gate.replicas.stale(url.href, url.searchParams.get("customer") ?? "", gate.step());
    return body === null ? null : json(200, body);
  },
};
