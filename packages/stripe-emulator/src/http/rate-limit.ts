import { StripeError } from "./errors.ts";

export interface RateLimits {
  /** Calls a second altogether, and of one endpoint; 0: any number. */
  requestsPerSecond: number;
  requestsPerSecondOfEndpoint: number;
}

/** Counts calls within a second of the wall clock, as Stripe's rate limits do (docs.stripe.com/rate-limits). */
export class RateLimit {
  readonly #limits: RateLimits;
  #second = 0;
  #all = 0;
  #byEndpoint = new Map<string, number>();

  constructor(limits: RateLimits) {
    this.#limits = limits;
  }

  /** Counts a call; throws the 429 when there are too many. `endpoint` is a method and a path, `now` is in ms. */
  count(endpoint: string, now: number): void {
    const { requestsPerSecond, requestsPerSecondOfEndpoint } = this.#limits;
    const second = Math.floor(now / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#all = 0;
      this.#byEndpoint = new Map();
    }
    this.#all += 1;
    const here = (this.#byEndpoint.get(endpoint) ?? 0) + 1;
    this.#byEndpoint.set(endpoint, here);
    if (requestsPerSecond > 0 && this.#all > requestsPerSecond) throw tooMany("global-rate");
    if (requestsPerSecondOfEndpoint > 0 && here > requestsPerSecondOfEndpoint) throw tooMany("endpoint-rate");
  }
}

function tooMany(reason: "global-rate" | "endpoint-rate"): StripeError {
  const message =
    "Request rate limit exceeded. Learn more about rate limits here: https://stripe.com/docs/rate-limits.";
  const error = new StripeError(429, { type: "invalid_request_error", code: "rate_limit", message }, true);
  return error.withHeader("stripe-rate-limited-reason", reason);
}
