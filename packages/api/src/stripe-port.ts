/** What we need of Stripe and nothing more (requirements R23a). Times are epoch milliseconds, amounts the currency's minor unit. */
export interface StripePort {
  /** Checks the signature of a raw webhook body against every configured secret; throws `AppError INVALID_SIGNATURE`. */
  verifyWebhook(rawBody: Buffer, signature: string | undefined): void;

  /** The account the key belongs to; null: cannot be told (not every Stripe lets a key ask). */
  accountId(): Promise<string | null>;

  createCustomer(input: NewCustomer): Promise<string>;
  /** Null: Stripe does not know it. */
  retrieveCustomer(id: string): Promise<CustomerSnapshot | null>;
  /** The configured price: by id, else by lookup key, else created (requirements R23a). */
  ensurePrice(): Promise<PriceOffer>;

  createCheckoutSession(input: NewCheckoutSession): Promise<CheckoutSnapshot>;
  retrieveCheckoutSession(id: string): Promise<CheckoutSnapshot | null>;
  listOpenCheckoutSessions(customerId: string): Promise<CheckoutSnapshot[]>;
  /** Answers the session as it is afterwards: somebody may have paid it in between. */
  expireCheckoutSession(id: string): Promise<CheckoutSnapshot>;

  /** All of a customer's subscriptions, in any status, paged to the end; null: Stripe does not know the customer. */
  listSubscriptions(customerId: string): Promise<SubscriptionSnapshot[] | null>;
  retrieveSubscription(id: string): Promise<SubscriptionSnapshot | null>;
  listInvoices(customerId: string): Promise<InvoiceSnapshot[]>;
  retrieveInvoice(id: string): Promise<InvoiceSnapshot | null>;
  /** The customer of a charge, for disputes, whose objects name none. */
  customerOfCharge(chargeId: string): Promise<string | null>;

  /** One page of all subscriptions of the account, in any status, after this id (requirements R21). */
  pageOfSubscriptions(after: string | null): Promise<SubscriptionPage>;
  /** One page of the account's events created at or after `since`, newest first, after this id. */
  pageOfEvents(since: number, after: string | null): Promise<EventPage>;

  scheduleCancel(subscriptionId: string): Promise<void>;
  clearScheduledCancel(subscriptionId: string, which: "cancel_at" | "cancel_at_period_end"): Promise<void>;
  cancelNow(subscriptionId: string): Promise<void>;
  createPortalSession(customerId: string, returnUrl: string): Promise<string>;
  /** Ends a pause; what it costs is invoiced by Stripe (stripe-facts M). */
  resumePaused(subscriptionId: string): Promise<void>;
  /** Gives the last payment of a subscription back in full, once; null: nothing was paid. */
  refundLastPayment(subscriptionId: string, idempotencyKey: string): Promise<Refund | null>;
  /** The card on file and the receipts, for a settings page. */
  readBilling(customerId: string): Promise<BillingSnapshot>;
}

export interface SubscriptionPage {
  readonly subscriptions: readonly SubscriptionSnapshot[];
  /** The cursor of the next page; null: this was the last one. */
  readonly next: string | null;
}

export interface EventPage {
  /** The events as Stripe would have delivered them: raw JSON bodies. */
  readonly bodies: readonly string[];
  readonly next: string | null;
}

export interface Refund {
  readonly refundId: string;
  readonly amountOre: number;
  readonly currency: string;
}

export interface BillingSnapshot {
  readonly card: {
    readonly brand: string;
    readonly last4: string;
    readonly expMonth: number;
    readonly expYear: number;
  } | null;
  /** Paid invoices above 0, newest first. */
  readonly receipts: readonly {
    readonly id: string;
    readonly paidAt: number;
    readonly amountOre: number;
    readonly currency: string;
    readonly url: string | null;
  }[];
  /** What waits to be paid, with the page where it can be. */
  readonly openInvoice: {
    readonly amountOre: number;
    readonly currency: string;
    readonly url: string | null;
  } | null;
}

export interface NewCustomer {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly idempotencyKey: string;
}

export interface NewCheckoutSession {
  readonly customerId: string;
  readonly userId: string;
  readonly attemptId: string;
  readonly priceId: string;
  /** Null: no trial. */
  readonly trialDays: number | null;
  readonly requiresCard: boolean;
  readonly successUrl: string;
  readonly cancelUrl: string;
}

export interface CustomerSnapshot {
  readonly id: string;
  readonly deleted: boolean;
  readonly userId: string | null;
}

export interface PriceOffer {
  readonly priceId: string;
  readonly productId: string;
  readonly amountOre: number;
  readonly currency: string;
  /** `month` for ours; null: not recurring. */
  readonly interval: string | null;
}

export interface CheckoutSnapshot {
  readonly id: string;
  readonly status: "open" | "complete" | "expired";
  readonly url: string | null;
  readonly customerId: string | null;
  readonly subscriptionId: string | null;
  /** Every user id the session names: `client_reference_id`, `metadata.userId`. */
  readonly userIds: readonly string[];
  /** Our attempt, from `metadata.attemptId`. */
  readonly attemptId: string | null;
  readonly expiresAt: number | null;
}

export interface SubscriptionSnapshot {
  readonly id: string;
  readonly customerId: string;
  readonly userId: string | null;
  readonly status: string;
  readonly items: readonly {
    readonly price: string;
    readonly product: string;
    readonly unitAmount: number | null;
  }[];
  readonly createdAt: number;
  readonly periodStart: number | null;
  readonly periodEnd: number | null;
  readonly trialStart: number | null;
  readonly trialEnd: number | null;
  readonly cancelAt: number | null;
  readonly cancelAtPeriodEnd: boolean;
  readonly endedAt: number | null;
  /** Why it ended, in Stripe's word, e.g. `payment_failed`; absent or null: it did not, or Stripe does not say. */
  readonly endReason?: string | null;
}

export interface InvoiceSnapshot {
  readonly id: string;
  readonly subscriptionId: string | null;
  readonly status: string | null;
  readonly amountPaid: number;
  readonly createdAt: number;
  /** Null until paid. */
  readonly paidAt: number | null;
}

/** A call to Stripe that failed. `unavailable`: network, 429, 5xx, worth trying again; `rejected`: Stripe understood and said no. */
export class StripeError extends Error {
  override readonly name = "StripeError";
  readonly kind: "unavailable" | "rejected";

  constructor(kind: "unavailable" | "rejected", message: string, cause: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}
