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
    if (key.length > 255)
      throw new StripeError(
        400,
        { type: "invalid_request_error", message: "Idempotency keys can be at most 255 characters." },
        true,
      );
    if (this.#running.has(key)) {
      const message = `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`;
      throw new StripeError(
        409,
        { type: "idempotency_error", code: "idempotency_key_in_use", message },
        true,
      );
    }
    const known = this.#world.store.get("idempotency", key);
    const answer = known !== undefined && known.created > this.#world.now() - KEPT_SECONDS ? known : null;
    if (answer !== null && answer.fingerprint !== fingerprint) {
      const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`;
      throw new StripeError(400, { type: "idempotency_error", message }, true);
    }
    if (answer === null) this.#running.add(key);
    return answer;
  }

  /** Remembers the answer of a call that was carried out. */
  keep(key: string, answer: Omit<IdempotentAnswer, "id" | "created">): void {
    this.#world.store.remove("idempotency", key);
    this.#world.store.put("idempotency", { id: key, created: this.#world.now(), ...answer });
    this.#prune();
  }

  /** Ends a call, carried out or not. */
  end(key: string): void {
    this.#running.delete(key);
  }

  #prune(): void {
    const limit = this.#world.now() - KEPT_SECONDS;
    for (const row of this.#world.store.scan("idempotency").take(5))
      if (row.created <= limit) this.#world.store.remove("idempotency", row.id);
  }
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
