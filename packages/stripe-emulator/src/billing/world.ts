import type Stripe from "stripe";
import { API_VERSION } from "../api-version.ts";
import { randomText } from "../ids.ts";
import type { Settings } from "../settings.ts";
import type { Store } from "../store/store.ts";
import type { TableName, Tables } from "../store/tables.ts";
import { DAY } from "./calendar.ts";
import { previousAttributes } from "./previous-attributes.ts";

export type EventType = Stripe.Event["type"];
export type EventObject<T extends EventType> = Extract<Stripe.Event, { type: T }>["data"]["object"];

/** The API call that is being carried out, for the events it causes. */
export interface Cause {
  id: string;
  idempotency_key: string | null;
}

/** Which documents the `*.updated` events tell of. */
const UPDATED = {
  "billing_portal.configuration.updated": "portalConfigurations",
  "customer.updated": "customers",
  "customer.subscription.updated": "subscriptions",
  "invoice.updated": "invoices",
  "product.updated": "products",
  "price.updated": "prices",
  "charge.updated": "charges",
  "payment_method.updated": "paymentMethods",
  "coupon.updated": "coupons",
  "promotion_code.updated": "promotionCodes",
} as const satisfies Partial<Record<EventType, TableName>>;

type Draft = { type: EventType; object: unknown; previous: Record<string, unknown> | null };

const ID_LENGTH: Record<string, number> = { cus: 14, prod: 14, cs_test: 58, whsec: 32, req: 14, du: 24 };

/**
 * What billing works on: the documents, the time, the ids and the events. It knows neither HTTP nor the wall
 * clock, so that it also runs as a pure core.
 */
export class World {
  readonly store: Store;
  readonly settings: Settings;
  readonly random: () => number;
  /** Where the hosted pages are; known once the server listens. */
  origin = "http://stripe-emulator.invalid";
  cause: Cause | null = null;
  onEvent: (event: Stripe.Event) => void = () => {};
  /** How many endpoints have not taken an event yet; asked when the event is rendered. */
  pendingWebhooks: (event: string) => number = () => 0;
  readonly #clock: () => number;
  #moment: number | null = null;
  #held: Draft[] | null = null;

  constructor(store: Store, clock: () => number, options: { settings: Settings; random: () => number }) {
    this.store = store;
    this.settings = options.settings;
    this.random = options.random;
    this.#clock = clock;
  }

  /** Unix seconds. */
  now(): number {
    return this.#moment ?? Math.floor(this.#clock() / 1000);
  }

  /** Runs `work` as if it were that moment (unix seconds): what became due while nobody looked, or another clock. */
  at<R>(moment: number, work: () => R): R {
    const before = this.#moment;
    this.#moment = moment;
    try {
      return work();
    } finally {
      this.#moment = before;
    }
  }

  id(prefix: string): string {
    const text = randomText(this.random, ID_LENGTH[prefix] ?? 23);
    return ID_LENGTH[prefix] === undefined ? `${prefix}_1${text}` : `${prefix}_${text}`;
  }

  /** Tells the world of a change. `previous` holds the old values of what changed, for `*.updated`. */
  emit<T extends EventType>(type: T, object: EventObject<T>, previous?: Record<string, unknown>): void {
    const draft: Draft = { type, object, previous: previous ?? null };
    if (this.#held !== null) this.#held.push(draft);
    else this.#publish(draft);
  }

  /** What was collected of an object since the change that made it what it is shows it as it is now (see `inOrder`). */
  amend(type: EventType, object: { id: string }): void {
    for (const draft of this.#held ?? [])
      if (draft.type === type && (draft.object as { id?: unknown }).id === object.id) draft.object = object;
  }

  /** Collects the events of `work` and publishes them in the order in which Stripe usually does. */
  inOrder<R>(usual: readonly EventType[], work: () => R): R {
    if (this.#held !== null) return work();
    this.#held = [];
    try {
      const result = work();
      const place = (draft: Draft) => {
        if (this.settings.eventOrder === "any") return this.random();
        const index = usual.indexOf(draft.type);
        return index === -1 ? usual.length : index;
      };
      const drafts = this.#held
        .map((draft) => ({ draft, place: place(draft) }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ draft }) => draft);
      this.#held = null;
      for (const draft of drafts) this.#publish(draft);
      return result;
    } finally {
      this.#held = null;
    }
  }

  /** Replaces some fields of a document, quietly. */
  change<K extends TableName>(table: K, id: string, patch: Partial<Tables[K]>): Tables[K] {
    const before = this.store.get(table, id);
    if (before === undefined) throw new Error(`${table} has no ${id}`);
    return this.store.put(table, { ...before, ...patch });
  }

  /** Replaces some fields and, when something really changed, tells of it with the old values. */
  update<T extends keyof typeof UPDATED>(
    type: T,
    id: string,
    patch: Partial<Tables[(typeof UPDATED)[T]]>,
  ): Tables[(typeof UPDATED)[T]] {
    const table = UPDATED[type];
    const before = this.store.get(table, id);
    const after = this.change(table, id, patch);
    const previous = before === undefined ? null : previousAttributes(before, after);
    if (previous !== null) this.emit(type, after as unknown as EventObject<T>, previous);
    return after;
  }

  /** An event of a test clock, or of what was caught up on, is as old as its arrival and not as its `created`. */
  #noteMoment({ id, created }: Stripe.Event): void {
    const at = Math.floor(this.#clock() / 1000);
    const kept = Number.isFinite(this.settings.eventsKept[1]);
    if (kept && Math.abs(at - created) > DAY) this.store.put("eventMoments", { id, at });
  }

  #publish(draft: Draft): void {
    const event = {
      id: /^(payment_intent|charge)\./.test(draft.type) ? `evt_3${this.id("evt").slice(5)}` : this.id("evt"),
      object: "event",
      api_version: API_VERSION,
      created: this.settings.clockEventTime === "clock" ? this.now() : Math.floor(this.#clock() / 1000),
      data: { object: draft.object, ...(draft.previous && { previous_attributes: draft.previous }) },
      livemode: false,
      pending_webhooks: 0,
      request: this.cause ?? { id: null, idempotency_key: null },
      type: draft.type,
    } as Stripe.Event;
    this.#noteMoment(event);
    this.store.put("events", event);
    this.onEvent(event);
  }
}
