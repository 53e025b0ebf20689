import type Stripe from "stripe";
import { expect } from "vitest";
import { makePrice, type Shop } from "../shop.ts";

/** What is expected of an event: its type, key fields of its object, and the old values it names. */
export type Row = string | [type: string, fields: object, previous?: object];

export const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Noon on a day from which every month is found (unix seconds). */
export const FROZEN = Date.UTC(2030, 0, 15, 12) / 1000;

interface Beginning {
  /** A test token, kept as the customer's default card; null: none. Default `pm_card_visa`. */
  card?: string | null;
}

/** Somebody on a test clock of their own: what is done, and which events follow. */
export class Scenario {
  readonly shop: Shop;
  readonly stripe: Stripe;
  readonly price: Stripe.Price;
  readonly clock: string;
  readonly customer: string;
  /** The clock's time (unix seconds). */
  now = FROZEN;

  private constructor(shop: Shop, parts: { price: Stripe.Price; clock: string; customer: string }) {
    this.shop = shop;
    this.stripe = shop.stripe;
    this.price = parts.price;
    this.clock = parts.clock;
    this.customer = parts.customer;
  }

  /** A customer on a new test clock, and a price of 39 kr a month. */
  static async begin(shop: Shop, { card = "pm_card_visa" }: Beginning = {}): Promise<Scenario> {
    const { stripe } = shop;
    const price = await makePrice(shop);
    const { id: clock } = await stripe.testHelpers.testClocks.create({ frozen_time: FROZEN });
    const customer = await stripe.customers.create({
      test_clock: clock,
      email: "ada@example.com",
      metadata: { userId: "u1" },
      ...(card !== null && { payment_method: card, invoice_settings: { default_payment_method: card } }),
    });
    return new Scenario(shop, { price, clock, customer: customer.id });
  }

  /** What an API call causes: each event names the request. */
  async calls(work: () => Promise<unknown>): Promise<Stripe.Event[]> {
    const events = await this.#after(work);
    for (const { type, request } of events) expect(request?.id, `${type} by a call`).toMatch(/^req_/);
    return events;
  }

  /** What a person on a page causes: no event names a request. */
  async person(work: () => unknown): Promise<Stripe.Event[]> {
    const events = await this.#after(async () => work());
    for (const { type, request } of events) expect(request?.id, `${type} by a person`).toBeNull();
    return events;
  }

  /** What time causes (seconds, by the test clock): no event names a request, each has its own moment. */
  async passes(seconds: number): Promise<Stripe.Event[]> {
    this.now += seconds;
    const events = await this.#after(() =>
      this.stripe.testHelpers.testClocks.advance(this.clock, { frozen_time: this.now }),
    );
    const mine = events.filter(({ type }) => !type.startsWith("test_helpers."));
    for (const { type, request } of mine)
      expect(request, `${type} by time`).toEqual({ id: null, idempotency_key: null });
    expect(mine.map(({ created }) => created)).toEqual(mine.map(({ created }) => created).sort());
    return mine;
  }

  /** Lets time pass up to this moment (unix seconds). */
  until(moment: number): Promise<Stripe.Event[]> {
    return this.passes(moment - this.now);
  }

  async #after(work: () => Promise<unknown>): Promise<Stripe.Event[]> {
    await this.shop.emulator.settled();
    const before = this.shop.received.length;
    await work();
    await this.shop.emulator.settled();
    return this.shop.received.slice(before);
  }

  /** A subscription through the API, charged on the default card; nothing of its events is looked at. */
  async subscribes(params: Partial<Stripe.SubscriptionCreateParams> = {}): Promise<Stripe.Subscription> {
    const made = await this.stripe.subscriptions.create({
      customer: this.customer,
      items: [{ price: this.price.id }],
      metadata: { userId: "u1" },
      ...params,
    });
    return this.reads(made.id);
  }

  /** The subscription as it is now, with its latest invoice. */
  reads(id: string): Promise<Stripe.Subscription> {
    return this.stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
  }

  /** An open checkout session for the customer. */
  opens(params: Partial<Stripe.Checkout.SessionCreateParams> = {}): Promise<Stripe.Checkout.Session> {
    return this.stripe.checkout.sessions.create({
      mode: "subscription",
      customer: this.customer,
      client_reference_id: "u1",
      line_items: [{ price: this.price.id, quantity: 1 }],
      success_url: "http://shop.example/return?session_id={CHECKOUT_SESSION_ID}",
      ...params,
    });
  }
}

/** The events in their usual order, with what each shows. */
export function expectEvents(events: readonly Stripe.Event[], rows: readonly Row[]): void {
  expect(events.map(({ type }) => type)).toEqual(rows.map((row) => (typeof row === "string" ? row : row[0])));
  for (const [place, row] of rows.entries()) {
    if (typeof row === "string") continue;
    const [type, fields, previous] = row;
    const { data } = events[place] as Stripe.Event;
    expect(data.object, type).toMatchObject(fields);
    if (previous !== undefined) expect(data.previous_attributes, `${type}: before`).toMatchObject(previous);
  }
}

/** The types alone, for orders that are only likely. */
export function typesOf(events: readonly Stripe.Event[]): string[] {
  return events.map(({ type }) => type);
}
