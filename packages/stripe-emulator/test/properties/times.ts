import type Stripe from "stripe";
import type { Store } from "../../src/store/store.ts";

const EVERYBODY = "everybody";

/** Each clock's time goes on and never back: everybody's, and that of each test clock. */
export class Times {
  readonly #last = new Map<string, Stripe.Event>();
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** The event of a later moment that had come already; null when all is in order. */
  overtaken(event: Stripe.Event): Stripe.Event | null {
    const clock = this.#clockOf(event.data.object);
    // What a deleted clock leaves behind lives by no clock of its own any more.
    if (clock === null || (clock !== EVERYBODY && this.#store.get("testClocks", clock) === undefined))
      return null;
    const last = this.#last.get(clock);
    if (last !== undefined && event.created < last.created) return last;
    this.#last.set(clock, event);
    return null;
  }

  /** By the object itself, or by those whose it is; null: nobody's, and so of no clock in particular. */
  #clockOf(object: object): string | null {
    if ("test_clock" in object) return typeof object.test_clock === "string" ? object.test_clock : EVERYBODY;
    if ("customer" in object && typeof object.customer === "string")
      return this.#through("customers", object.customer);
    if ("charge" in object && typeof object.charge === "string")
      return this.#through("charges", object.charge);
    if ("invoice" in object && typeof object.invoice === "string")
      return this.#through("invoices", object.invoice);
    return null;
  }

  #through(table: "customers" | "charges" | "invoices", id: string): string | null {
    const object = this.#store.get(table, id);
    return object === undefined ? null : this.#clockOf(object);
  }
}
