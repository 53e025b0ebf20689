/** What can go wrong with a call of the API, and with Stripe as a whole (`down`). */
export const API_FAULTS = [
  "rate_limit",
  "error",
  "kept_error",
  "hang",
  "slow",
  "reset",
  "lost_answer",
  "down",
] as const;
/** What can go wrong with an event on its way to an endpoint. */
export const DELIVERY_FAULTS = [
  "hold",
  "drop",
  "duplicate",
  "twin",
  "reorder",
  "delay",
  "corrupt",
  "wrong_secret",
  "old_secret",
  "stale",
] as const;
export const FAULTS = [...API_FAULTS, ...DELIVERY_FAULTS] as const;

export type Fault = (typeof FAULTS)[number];

/** One thing that goes wrong, how often, and where. */
export interface Rule {
  fault: Fault;
  /** From 0 to 1; default 1: always. */
  probability?: number;
  /** Only the next so many; default without end. */
  next?: number;
  /** Only calls like `POST /v1/refunds` or `/v1/subscriptions/*`, or event types like `invoice.*`. */
  only?: readonly string[];
  /** Milliseconds: of `slow` and `delay` (at most so long), or how old a `stale` signature is. */
  ms?: number;
  /** Attempts that are spoilt (`corrupt`, `stale`, secrets), or extra copies (`duplicate`); default 1. */
  times?: number;
  /** What the header `stripe-should-retry` of `rate_limit` and both kinds of `error` says; default: it is not there. */
  retry?: boolean;
}

/** What each fault does, in words for people. */
export const FAULT_TEXT: Record<Fault, string> = {
  rate_limit: "the API answers 429",
  error: "the API answers 500, nothing carried out",
  kept_error: "the API answers 500 half-way, and the same to every call with that key",
  hang: "the API never answers",
  slow: "the API answers late",
  reset: "the connection is reset before anything is carried out",
  lost_answer: "the call is carried out, then the connection is reset",
  down: "API and pages refuse every connection, events wait",
  hold: "events wait until they are released",
  drop: "events are lost for good",
  duplicate: "events are delivered more than once, at the same time",
  twin: "a second event with another id tells of the same change",
  reorder: "events that set out together arrive in another order",
  delay: "events set out late",
  corrupt: "the body is damaged after it was signed",
  wrong_secret: "signed with a secret that was never the endpoint's",
  old_secret: "signed with a secret that no longer counts",
  stale: "signed correctly, but long ago",
};

/** Reads a rule from JSON; throws a RangeError that says what is wrong. */
export function readRule(value: unknown): Rule {
  if (typeof value !== "object" || value === null) throw new RangeError("A rule is {fault, …}.");
  const sent = value as Record<string, unknown>;
  const fault = FAULTS.find((name) => name === sent["fault"]);
  if (fault === undefined) throw new RangeError(`fault must be one of ${FAULTS.join(", ")}.`);
  const foreign = Object.keys(sent).find(
    (key) => !["fault", "probability", "next", "only", "ms", "times", "retry"].includes(key),
  );
  if (foreign !== undefined) throw new RangeError(`A rule has no ${foreign}.`);
  const { only, retry } = sent;
  if (retry !== undefined && typeof retry !== "boolean") throw new RangeError("retry must be true or false.");
  if (only !== undefined && !(Array.isArray(only) && only.every((entry) => typeof entry === "string")))
    throw new RangeError("only must be a list of texts.");
  return {
    fault,
    ...number(sent, "probability", 1),
    ...number(sent, "next", Number.MAX_SAFE_INTEGER),
    ...number(sent, "ms", 30 * 86_400_000),
    ...number(sent, "times", 100),
    ...(only !== undefined && { only: only as string[] }),
    ...(retry !== undefined && { retry }),
  };
}

function number(sent: Record<string, unknown>, key: string, most: number): Record<string, number> {
  const value = sent[key];
  if (value === undefined) return {};
  if (typeof value !== "number" || !(value >= 0 && value <= most))
    throw new RangeError(`${key} must be a number from 0 to ${most}.`);
  return { [key]: value };
}
