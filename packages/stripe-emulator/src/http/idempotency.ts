import type { World } from "../billing/world.ts";
import type { IdempotentAnswer } from "../store/tables.ts";
import { StripeError } from "./errors.ts";
import type { FormHash } from "./form.ts";

const KEPT_SECONDS = 24 * 3600;

/** First answers by idempotency key: kept for 24 hours, also when they were errors (docs.stripe.com/api/idempotent_requests). */
export class IdempotencyKeys {
  readonly #world: World;
  readonly #running = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  /** The earlier answer to this key, or null when the call is to be carried out now (then `end` must follow). */
  begin(key: string, fingerprint: string): IdempotentAnswer | null {
    if (key.length > 255) {
      const message = "Idempotency keys can be at most 255 characters.";
      throw new StripeError(400, { type: "invalid_request_error", message }, true);
    }
    const id = this.#idOf(key, fingerprint);
    if (this.#running.has(id)) {
      const message = `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`;
      const code = "idempotency_key_in_use";
      const error = new StripeError(409, { type: "idempotency_error", code, message }, true);
      throw error.withHeader("stripe-should-retry", "true");
    }
    const known = this.#world.store.get("idempotency", id);
    const answer = known !== undefined && known.created > this.#world.now() - KEPT_SECONDS ? known : null;
    if (answer !== null && answer.fingerprint !== fingerprint) throw otherUse(key, answer, fingerprint);
    if (answer === null) this.#running.add(id);
    return answer;
  }

  /** Remembers the answer of a call that was carried out. */
  keep(key: string, answer: Omit<IdempotentAnswer, "id" | "created">): void {
    const id = this.#idOf(key, answer.fingerprint);
    this.#world.store.remove("idempotency", id);
    this.#world.store.put("idempotency", { id, created: this.#world.now(), ...answer });
    this.#prune();
  }

  /** Ends a call, carried out or not. */
  end(key: string, fingerprint: string): void {
    this.#running.delete(this.#idOf(key, fingerprint));
  }

  /** By default a key is good for one call of the account; or, if so set, for one of each endpoint. */
  #idOf(key: string, fingerprint: string): string {
    return this.#world.settings.keyScope === "account" ? key : `${pathOf(fingerprint)} ${key}`;
  }

  #prune(): void {
    const limit = this.#world.now() - KEPT_SECONDS;
    for (const row of this.#world.store.scan("idempotency").take(5))
      if (row.created <= limit) this.#world.store.remove("idempotency", row.id);
  }
}

/** 400: the key was used for another call, as Stripe says it. */
function otherUse(key: string, { fingerprint }: IdempotentAnswer, now: string): StripeError {
  const [before, here] = [pathOf(fingerprint), pathOf(now)];
  const only =
    before === here
      ? "with the same parameters they were first used with"
      : `for the same endpoint they were first used for ('${here}' vs '${before}')`;
  const message = `Keys for idempotent requests can only be used ${only}. Try using a key other than '${key}' if you meant to execute a different request.`;
  return new StripeError(400, { type: "idempotency_error", message }, true);
}

/** The path in a fingerprint. */
function pathOf(fingerprint: string): string {
  return fingerprint.split(" ", 2)[1] ?? "";
}

/** The same for the same call with the same parameters, in any order. */
export function fingerprintOf(method: string, path: string, form: FormHash): string {
  return `${method} ${path} ${JSON.stringify(sorted(form))}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => [key, sorted(entry)]);
}
