import type {
  BillingSnapshot,
  CheckoutSnapshot,
  CustomerSnapshot,
  InvoiceSnapshot,
  PriceOffer,
  Refund,
  SubscriptionSnapshot,
} from "../../src/stripe-port.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type Subscription = Mutable<SubscriptionSnapshot>;
export type Invoice = Mutable<InvoiceSnapshot> & { readonly customerId: string };
export type Session = Mutable<CheckoutSnapshot> & { readonly trialDays: number | null };
export type Customer = Mutable<CustomerSnapshot>;

const DAY = 86_400_000;

export const PRICE: PriceOffer = {
  priceId: "price_ours",
  productId: "prod_ours",
  amountOre: 3900,
  currency: "sek",
  interval: "month",
};

/** What is true at Stripe, and what customers and time do to it: a small state machine. Times are epoch milliseconds. */
export class StripeWorld {
  readonly customers = new Map<string, Customer>();
  readonly sessions = new Map<string, Session>();
  readonly subscriptions = new Map<string, Subscription>();
  readonly invoices = new Map<string, Invoice>();
  /** What Stripe's list of events would answer, oldest first. */
  readonly events: { readonly id: string; readonly createdAt: number; readonly body: string }[] = [];
  /** Idempotency key → what was refunded by it. */
  readonly refunds = new Map<string, Refund>();
  /** Charge → its customer. */
  readonly charges = new Map<string, string>();
  readonly now: () => number;
  private made = 0;

  constructor(now: () => number) {
    this.now = now;
  }

  id(prefix: string): string {
    this.made += 1;
    return `${prefix}_${this.made}`;
  }

  customer(userId: string | null): Customer {
    const customer = { id: this.id("cus"), deleted: false, userId };
    this.customers.set(customer.id, customer);
    return customer;
  }

  session(id: string): Session {
    return must(this.sessions.get(id), id);
  }

  subscription(id: string): Subscription {
    return must(this.subscriptions.get(id), id);
  }

  /** A subscription comes into being, as Stripe would show it: `trialing` for as many days, else what `over` says. */
  subscribe(
    customerId: string,
    over: Partial<Subscription> = {},
    trialDays: number | null = null,
  ): Subscription {
    const start = this.now();
    const end = start + (trialDays ?? 30) * DAY;
    const made: Subscription = {
      id: this.id("sub"),
      customerId,
      userId: null,
      status: trialDays === null ? "active" : "trialing",
      items: [{ price: PRICE.priceId, product: PRICE.productId, unitAmount: PRICE.amountOre }],
      createdAt: start,
      periodStart: start,
      periodEnd: end,
      trialStart: trialDays === null ? null : start,
      trialEnd: trialDays === null ? null : end,
      cancelAt: null,
      cancelAtPeriodEnd: false,
      endedAt: null,
      ...over,
    };
    this.subscriptions.set(made.id, made);
    return made;
  }

  /** An invoice of a subscription: paid at once unless said otherwise. */
  invoice(subscription: Subscription, over: Partial<Invoice> = {}): Invoice {
    const status = over.status ?? "paid";
    const made: Invoice = {
      id: this.id("in"),
      customerId: subscription.customerId,
      subscriptionId: subscription.id,
      status,
      amountPaid: status === "paid" ? PRICE.amountOre : 0,
      createdAt: this.now(),
      paidAt: status === "paid" ? this.now() : null,
      ...over,
    };
    this.invoices.set(made.id, made);
    return made;
  }

  /** The customer pays on the checkout page: subscription and invoice come into being (stripe-facts A, B). */
  pay(sessionId: string): { session: Session; subscription: Subscription; invoice: Invoice } {
    const session = this.session(sessionId);
    const [userId = null] = session.userIds;
    if (session.customerId === null || session.status !== "open") throw new Error("cannot be paid");
    const subscription = this.subscribe(session.customerId, { userId }, session.trialDays);
    const invoice = this.invoice(subscription, session.trialDays === null ? {} : { amountPaid: 0 });
    Object.assign(session, { status: "complete", url: null, subscriptionId: subscription.id });
    return { session, subscription, invoice };
  }

  /** The period turned and the new invoice was not paid (stripe-facts H). */
  failRenewal(subscription: Subscription): Invoice {
    const start = subscription.periodEnd ?? this.now();
    Object.assign(subscription, { status: "past_due", periodStart: start, periodEnd: start + 30 * DAY });
    return this.invoice(subscription, { status: "open" });
  }

  /** The last payment in full, once per key; null when nothing was paid. */
  refund(subscriptionId: string, key: string): Refund | null {
    const known = this.refunds.get(key);
    if (known) return known;
    const last = [...this.invoices.values()].findLast(
      (one) => one.subscriptionId === subscriptionId && one.status === "paid" && one.amountPaid > 0,
    );
    if (!last) return null;
    const made: Refund = { refundId: this.id("re"), amountOre: last.amountPaid, currency: PRICE.currency };
    this.refunds.set(key, made);
    return made;
  }

  billing(customerId: string): BillingSnapshot {
    const own = [...this.invoices.values()].filter((one) => one.customerId === customerId);
    const receipts = own
      .filter((one) => one.status === "paid" && one.amountPaid > 0)
      .map(({ id, paidAt, amountPaid }) => ({
        id,
        paidAt: paidAt ?? 0,
        amountOre: amountPaid,
        currency: PRICE.currency,
        url: `https://invoice.example/${id}`,
      }));
    const open = own.find((one) => one.status === "open");
    return {
      card: { brand: "visa", last4: "4242", expMonth: 12, expYear: 2030 },
      receipts: receipts.reverse(),
      openInvoice: open
        ? { amountOre: PRICE.amountOre, currency: PRICE.currency, url: `https://invoice.example/${open.id}` }
        : null,
    };
  }

  end(subscription: Subscription): void {
    Object.assign(subscription, { status: "canceled", endedAt: this.now() });
  }

  /** Deleting a customer ends what it has (stripe-facts Q). */
  deleteCustomer(customerId: string): void {
    must(this.customers.get(customerId), customerId).deleted = true;
    for (const one of this.subscriptions.values()) if (one.customerId === customerId) this.end(one);
  }
}

function must<T>(found: T | undefined, id: string): T {
  if (found === undefined) throw new Error(`Stripe has no ${id}`);
  return found;
}
