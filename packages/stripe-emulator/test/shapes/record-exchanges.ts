import Stripe from "stripe";

/** A call of the SDK and its answer, as both were on the wire. */
export interface Exchange {
  method: string;
  /** `/v1/refunds/re_1` */
  path: string;
  status: number;
  body: unknown;
}

/** The unchanged SDK, pointed at a port, whose calls and answers are written down before it reads them. */
export function recordingSdk(port: number, exchanges: Exchange[]): Stripe {
  const recordingFetch = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const response = await fetch(url, init);
    const body: unknown = await response.clone().json();
    const path = new URL(String(url)).pathname;
    exchanges.push({ method: init?.method ?? "GET", path, status: response.status, body });
    return response;
  };
  return new Stripe("sk_test_shapes", {
    host: "127.0.0.1",
    port,
    protocol: "http",
    telemetry: false,
    maxNetworkRetries: 0,
    httpClient: Stripe.createFetchHttpClient(recordingFetch),
  });
}
