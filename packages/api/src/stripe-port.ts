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

  scheduleCancel(subscriptionId: string): Promise<void>;
  clearScheduledCancel(subscriptionId: string, which: "cancel_at" | "cancel_at_period_end"): Promise<void>;
  cancelNow(subscriptionId: string): Promise<void>;
  createPortalSession(customerId: string, returnUrl: string): Promise<string>;
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
