import type { Draws } from "./draws.ts";
import { speak } from "./hostile-dialect.ts";
import { type HostileStripe, type Json, newId, seconds } from "./hostile-stripe.ts";

export const DAY_S = 86_400;
const MONTH_S = 30 * DAY_S;

/** Takes an event on its way to the server. */
export type Emit = (event: Json) => void;

export interface Subscription extends Json {
  readonly id: string;
  status: string;
  customer: string;
  items: { object: "list"; data: Json[] };
}

/** What a sale says beside itself. */
interface Sale {
  readonly customer: string;
  readonly status: string;
  readonly price: Json;
  readonly trialDays?: number;
  readonly metadata?: Json;
}

/** One of our users as this Stripe knows them: state first, then the events that tell of it. */
export class HostileAccount {
  readonly userId: string;
  readonly stripe: HostileStripe;
  readonly draws: Draws;
  private readonly emit: Emit;
  readonly customers: string[] = [];

  constructor(userId: string, from: { stripe: HostileStripe; draws: Draws; emit: Emit }) {
    this.userId = userId;
    this.stripe = from.stripe;
    this.draws = from.draws;
    this.emit = from.emit;
  }

  subscriptions(): Subscription[] {
    return this.stripe
      .all("subscription")
      .filter((one) => this.customers.includes(String(one["customer"]))) as Subscription[];
  }

  invoicesOf(subscription: Json): Json[] {
    return this.stripe.all("invoice").filter((one) => one["_subscription"] === subscription["id"]);
  }

  /** An event about an object as it is at this moment. */
  tell(type: string, object: Json, previous?: Json): void {
    const event = this.stripe.put({
      id: newId("evt"),
      object: "event" as const,
      api_version: this.draws.pick(["2026-10-28.endive", "2026-10-28.endive", "2025-03-31.basil", null]),
      created: seconds(),
      ...(this.draws.chance(0.8) ? { livemode: false } : {}),
      type,
      data: {
        object: structuredClone(speak(this.stripe.dialect, object, this.stripe.objects)),
        ...(previous && this.draws.chance(0.8) ? { previous_attributes: previous } : {}),
      },
    });
    this.emit(event);
  }

  /** Changes a subscription, and says so. */
  change(
    subscription: Subscription,
    fields: Json,
    types: readonly string[] = ["customer.subscription.updated"],
  ): void {
    const previous = Object.fromEntries(Object.keys(fields).map((key) => [key, subscription[key] ?? null]));
    Object.assign(subscription, fields);
    for (const type of types) this.tell(type, subscription, type.endsWith("updated") ? previous : undefined);
  }

  /** Somebody pays an open page of ours. */
  pay(sessionId: string): void {
    const session = this.stripe.get(sessionId);
    const asked = session["_asked"] as { price: string; trialDays: number; metadata: Json };
    const customer = String(session["customer"]);
    if (!this.customers.includes(customer)) this.customers.push(customer);
    const price = this.stripe.get(asked.price);
    const status = asked.trialDays > 0 ? "trialing" : "active";
    const { trialDays, metadata } = asked;
    const subscription = this.sell({ customer, status, price, trialDays, metadata });
    Object.assign(session, {
      status: "complete",
      url: null,
      subscription: subscription.id,
      payment_status: "paid",
    });
    this.tell("checkout.session.completed", session);
    this.bill(subscription, trialDays > 0 ? 0 : 3900);
  }

  /** A subscription comes into being; its invoice is a matter of its own. */
  sell({ customer, status, price, trialDays = 0, metadata = {} }: Sale): Subscription {
    const now = seconds();
    const end = now + (trialDays > 0 ? trialDays * DAY_S : MONTH_S);
    const subscription = this.stripe.put({
      id: newId("sub"),
      object: "subscription" as const,
      customer,
      status,
      created: now,
      trial_start: trialDays > 0 ? now : null,
      trial_end: trialDays > 0 ? end : null,
      cancel_at: null,
      cancel_at_period_end: false,
      ended_at: null,
      metadata,
      items: {
        object: "list" as const,
        data: [{ id: newId("si"), price, current_period_start: now, current_period_end: end }],
      },
    });
    this.tell("customer.subscription.created", subscription);
    return subscription;
  }

  /** An invoice, paid at once unless it stays `draft` or `open`; `age` in seconds. */
  bill(subscription: Subscription, amount: number, { status = "paid", age = 0 } = {}): Json {
    const created = seconds() - age;
    const invoice = this.stripe.put({
      id: newId("in"),
      object: "invoice",
      customer: subscription.customer,
      created,
      status,
      amount_paid: status === "paid" ? amount : 0,
      amount_due: amount,
      total: amount,
      status_transitions: { paid_at: status === "paid" ? created : null },
      parent: {
        type: "subscription_details",
        subscription_details: { subscription: subscription.id, metadata: subscription["metadata"] },
      },
      _subscription: subscription.id,
    });
    if (status === "paid") this.sayPaid(invoice);
    return invoice;
  }

  settle(invoice: Json): void {
    Object.assign(invoice, {
      status: "paid",
      amount_paid: invoice["amount_due"],
      status_transitions: { paid_at: seconds() },
    });
    this.sayPaid(invoice);
  }

  private sayPaid(invoice: Json): void {
    for (const type of this.draws.shuffled(["invoice.paid", "invoice.payment_succeeded"]))
      this.tell(type, invoice);
  }

  /** The period moves on, from now. */
  periodFrom(subscription: Subscription, start = seconds()): Json {
    const data = subscription.items.data.map((item) => ({
      ...item,
      current_period_start: start,
      current_period_end: start + MONTH_S,
    }));
    return { items: { object: "list", data } };
  }
}
