import type Stripe from "stripe";
import type { DiscountWish } from "../billing/discounts.ts";
import type { Hit } from "../chaos/chaos.ts";
import type { Snapshot } from "./snapshot.ts";

/** What a checkout session was asked for but Stripe does not show on the session itself. */
export interface CheckoutPlan {
  id: string;
  items: { price: string; quantity: number }[];
  subscription: {
    trialDays: number | null;
    trialEnd: number | null;
    missingPaymentMethod: string;
    metadata: Stripe.Metadata;
    description: string | null;
    billingMode: string;
  };
  customerUpdate: { address: boolean; name: boolean };
  lineItems: Stripe.LineItem[];
  /** Asked for at creation or typed on the page; redeemed when the session completes. */
  discount?: DiscountWish | null;
  /** What a payment of `payment` mode, or a setup, is made with. */
  payment?: PaymentWish;
  /** The intent that attempts on the page share, as on Stripe's own page. */
  intent: string | null;
  /** A card waiting for its 3-D Secure answer. */
  challenge: { id: string; card: CardInput } | null;
  /** What was typed beside a card that has to be authenticated: known after the challenge, too. */
  typed?: (Pick<CardInput, "name" | "country"> & { email: string | null }) | null;
  /** The last refusal, shown when the page is opened again. */
  lastError: string | null;
}

/** `payment_intent_data`, `setup_intent_data`, `invoice_creation` and `customer_creation` of a checkout session. */
export interface PaymentWish {
  /** Fields of the intent, as they are to stand on it. */
  intent: Partial<Stripe.PaymentIntent>;
  setup: Partial<Stripe.SetupIntent>;
  /** Null: no invoice is made of a payment. */
  invoice: Partial<Stripe.Invoice> | null;
  /** False: only when a customer is needed. */
  alwaysCustomer: boolean;
}

export interface CardInput {
  number: string;
  expMonth: number;
  expYear: number;
  cvc: string;
  name: string | null;
  country: string | null;
  postalCode: string | null;
}

/** Facts about a subscription that Stripe keeps to itself. */
export interface SubscriptionNote {
  id: string;
  trialWillEndSent: boolean;
  /** The end of the period whose renewal was announced. */
  upcomingSentFor?: number;
  /** The invoice that ends its pause once it is paid. */
  resumption?: string;
}

/** The number behind a payment method decides what its charges do. */
export interface StoredCard {
  id: string;
  /** Of a bank account: its IBAN. */
  number: string;
  authenticated: boolean;
  /** Used without a customer, or detached from one: not to be used again. */
  spent?: boolean;
}

/** An event that comes later than the change it tells of, or what a bank does some time after a payment. */
export interface LateEvent {
  id: string;
  at: number;
  type:
    | "invoice_payment.paid"
    | "invoice.overdue"
    | "charge.dispute.created"
    | "charge.dispute.closed"
    | "charge.expired"
    | "charge.updated"
    | "payment_intent.processing"
    | "refund.updated";
  object: string;
}

/** What an intent was asked for but Stripe does not show on it. */
export interface IntentNote {
  /** That of the payment or setup intent. */
  id: string;
  /** Where the customer goes after a challenge. */
  returnUrl: string | null;
  /** A challenge was passed with this payment method, and the server has yet to confirm again. */
  passedWith: string | null;
}

export type DeliveryStatus = "pending" | "succeeded" | "exhausted" | "dropped";

/** What a coupon or promotion code holds but shows only when it is asked for by `expand[]`. */
export interface CouponTerms {
  id: string;
  /** The products it is for; null: all. */
  products: string[] | null;
  /** By currency: the amount off, or the least amount of a purchase. */
  currencies: Record<string, number> | null;
}

/** The terms under which a coupon was redeemed; they hold on when the coupon is deleted or made anew. */
export interface Redemption {
  /** That of the discount. */
  id: string;
  coupon: Stripe.Coupon;
  terms: CouponTerms;
  /** The invoice that used up what counts only once. */
  spentBy: string | null;
  /** Its months are over, or it was taken away before; invoices that had it keep it. */
  left: "over" | "deleted" | null;
}

/** One event on its way to one endpoint. */
export interface Delivery {
  id: string;
  event: string;
  eventType: string;
  endpoint: string;
  status: DeliveryStatus;
  attempts: number;
  /** Due when either the wall or the emulator's clock has reached its time (ms). */
  dueWall: number;
  dueClock: number;
  lastStatus: number | null;
  lastError: string | null;
  /** Unix seconds of the emulator's clock; null until answered 2xx. */
  answeredAt: number | null;
  /** Set by chaos: waits to be released. */
  held?: boolean;
  /** Made by chaos: one more of the same. */
  copy?: boolean;
  /** Sent by hand: tried once, whatever becomes of it, and no word to the deliveries that go on by themselves. */
  manual?: boolean;
  /** Sent one after the other in an order that chaos drew: the place in it. */
  place?: number;
  /** What spoils its first attempts. */
  spoilt?: readonly Hit[];
}

/** When an event really came about, by everybody's clock (unix seconds); only of those whose `created` is another's. */
export interface EventMoment {
  id: string;
  at: number;
}

/** One try to bring a delivery to its endpoint. */
export interface DeliveryAttempt {
  id: string;
  delivery: string;
  /** Milliseconds, by the emulator's clock and by the wall's. */
  at: number;
  wallAt: number;
  /** How long the endpoint took (ms). */
  took: number;
  status: number | null;
  error: string | null;
}

export interface EndpointSecret {
  id: string;
  secrets: { secret: string; expiresAt: number | null }[];
}

export interface IdempotentAnswer {
  id: string;
  fingerprint: string;
  created: number;
  status: number;
  body: string;
  /** The request it was given to. */
  request?: string;
}

/** Single values: the clock's offset, the id counter. */
export interface Meta {
  id: string;
  value: number;
}

/** Everything the emulator remembers, by table. Documents are replaced, never changed in place. */
export interface Tables {
  meta: Meta;
  customers: Stripe.Customer | Stripe.DeletedCustomer;
  products: Stripe.Product;
  prices: Stripe.Price;
  sessions: Stripe.Checkout.Session;
  checkoutPlans: CheckoutPlan;
  subscriptions: Stripe.Subscription;
  subscriptionNotes: SubscriptionNote;
  invoices: Stripe.Invoice;
  invoicePayments: Stripe.InvoicePayment;
  paymentIntents: Stripe.PaymentIntent;
  setupIntents: Stripe.SetupIntent;
  intentNotes: IntentNote;
  setupAttempts: Stripe.SetupAttempt;
  mandates: Stripe.Mandate;
  charges: Stripe.Charge;
  earlyFraudWarnings: Stripe.Radar.EarlyFraudWarning;
  invoiceItems: Stripe.InvoiceItem;
  balanceTransactions: Stripe.CustomerBalanceTransaction;
  refunds: Stripe.Refund;
  coupons: Stripe.Coupon;
  promotionCodes: Stripe.PromotionCode;
  discounts: Stripe.Discount;
  couponTerms: CouponTerms;
  redemptions: Redemption;
  disputes: Stripe.Dispute;
  testClocks: Stripe.TestHelpers.TestClock;
  paymentMethods: Stripe.PaymentMethod;
  cards: StoredCard;
  portalSessions: Stripe.BillingPortal.Session;
  portalConfigurations: Stripe.BillingPortal.Configuration;
  events: Stripe.Event;
  lateEvents: LateEvent;
  endpoints: Stripe.WebhookEndpoint;
  endpointSecrets: EndpointSecret;
  deliveries: Delivery;
  deliveryAttempts: DeliveryAttempt;
  idempotency: IdempotentAnswer;
  eventMoments: EventMoment;
  snapshots: Snapshot;
}

export type TableName = keyof Tables;

export const TABLE_NAMES: readonly TableName[] = [
  "meta",
  "customers",
  "products",
  "prices",
  "sessions",
  "checkoutPlans",
  "subscriptions",
  "subscriptionNotes",
  "invoices",
  "invoicePayments",
  "paymentIntents",
  "setupIntents",
  "intentNotes",
  "setupAttempts",
  "mandates",
  "charges",
  "earlyFraudWarnings",
  "invoiceItems",
  "balanceTransactions",
  "refunds",
  "coupons",
  "promotionCodes",
  "discounts",
  "couponTerms",
  "redemptions",
  "disputes",
  "testClocks",
  "paymentMethods",
  "cards",
  "portalSessions",
  "portalConfigurations",
  "events",
  "lateEvents",
  "endpoints",
  "endpointSecrets",
  "deliveries",
  "deliveryAttempts",
  "idempotency",
  "eventMoments",
  "snapshots",
];
