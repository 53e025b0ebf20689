/**
 * What Stripe's documentation leaves open, or what a dashboard decides. Each default is the usual case; lines
 * marked (unverified) are inferred, and nothing may be built on them.
 */
export interface Settings {
  /** `payment_status` of a session whose subscription starts with a trial (unverified). */
  trialPaymentStatus: "no_payment_required" | "paid";
  /** How events of one change follow each other: in the order seen in logs, or in any (unverified: there is no promise). */
  eventOrder: "usual" | "any";
  /** `created` of what happens on a test clock: by that clock, or when it was sent (unverified). */
  clockEventTime: "clock" | "sent";
  /** How the subscription of a paid checkout is told of first: active, or incomplete and then active (unverified). */
  checkoutCreates: "active" | "incomplete";
  /** Which events tell of a new card that was saved in the portal (unverified). */
  portalCardEvents: "both" | "customer" | "subscription";
  /** Whether a resumption is told as a change, too, beside `customer.subscription.resumed` (unverified). */
  resumptionIsUpdate: boolean;
  /** The error for changing or ending a subscription that has ended: 404, or 400 without a code (unverified). */
  endedSubscription: "resource_missing" | "invalid_request";
  /** Whether a replayed answer says so by the header `idempotent-replayed` (unverified). */
  replayHeader: boolean;
  /** Seconds after the payment at which `invoice_payment.paid` comes; drawn from this range. */
  invoicePaymentDelay: readonly [min: number, max: number];
  /** Seconds a renewal invoice stays a draft after its endpoints answered `invoice.created`. */
  draftSeconds: number;
  /** Seconds it stays a draft when they never do. */
  draftSecondsUnanswered: number;
  /** Days from each failed attempt of an invoice to the next one. */
  retryDays: readonly number[];
  /** What happens to the subscription after the last retry (a dashboard setting). */
  afterLastRetry: "cancel" | "unpaid" | "past_due" | "pause";
  /** Days before a renewal at which `invoice.upcoming` comes (a dashboard setting); null: never. */
  upcomingDays: number | null;
  /** What is too small to be charged is owed until the next invoice, or charged all the same (the limits are unverified). */
  smallInvoices: "carry" | "charge";
  /** Whether `invoice.overdue` comes when the due date of an invoice that was sent has passed (an Automation). */
  invoiceOverdue: boolean;
  /** Whether the first, free invoice of a trial uses up a coupon that counts once (unverified). */
  trialSpendsOnce: boolean;
  /** Whether `customer.discount.deleted` tells that a discount was used up or its months are over (unverified). */
  discountEndIsTold: boolean;
  /** Whether a dispute ends the subscription whose payment it is about (a dashboard setting). */
  disputeCancels: boolean;
  /** Seconds until a bank answers a debit (SEPA); Stripe's slow test accounts take three minutes. */
  bankDebitSeconds: number;
  /** Seconds until the charge of an `automatic_async` payment gets its balance transaction (unverified). */
  asyncCaptureSeconds: number;
  /** Seconds until a refund that takes a while succeeds or fails, on the test cards made for it. */
  refundSeconds: number;
  /** Stripe's fee: a part of the amount and a fixed sum in the smallest unit (an agreement with Stripe). */
  processingFee: { percent: number; fixed: number };
  /** Stripe's limits of test clocks: three customers, two intervals at once. */
  strictTestClocks: boolean;
  /** The version of calls that name none, such as those of Stripe's CLI: removed parameters are still read in it. */
  accountVersion: string;
  /** How long events are listed (days); older ones are forgotten with their deliveries, see `eventsKept`. */
  eventDays: number;
  /** So many events are kept however old they are, and no more than so many delivered ones however young. */
  eventsKept: readonly [least: number, most: number];
  /** So many idempotency keys are kept at most, none longer than a day. */
  keysKept: number;
  /** Whether an idempotency key is good for one call of the account, or for one of each endpoint (unverified). */
  keyScope: "account" | "endpoint";
  /** Calls a second before the API answers 429 (Stripe's sandboxes: 25 of both); 0: never. */
  requestsPerSecond: number;
  requestsPerSecondOfEndpoint: number;
  /** An account where the customer portal was never saved refuses portal sessions; false starts like that. */
  portalConfigured: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  trialPaymentStatus: "no_payment_required",
  eventOrder: "usual",
  clockEventTime: "clock",
  checkoutCreates: "active",
  portalCardEvents: "both",
  resumptionIsUpdate: true,
  endedSubscription: "resource_missing",
  replayHeader: true,
  invoicePaymentDelay: [1, 20],
  draftSeconds: 3600,
  draftSecondsUnanswered: 72 * 3600,
  retryDays: [3, 5, 7],
  afterLastRetry: "cancel",
  upcomingDays: null,
  smallInvoices: "carry",
  invoiceOverdue: true,
  trialSpendsOnce: false,
  discountEndIsTold: true,
  disputeCancels: false,
  bankDebitSeconds: 2,
  asyncCaptureSeconds: 2,
  refundSeconds: 2,
  processingFee: { percent: 2.9, fixed: 30 },
  strictTestClocks: false,
  accountVersion: "2024-12-18.acacia",
  eventDays: 30,
  eventsKept: [1_000, 10_000],
  keysKept: 10_000,
  keyScope: "account",
  requestsPerSecond: 0,
  requestsPerSecondOfEndpoint: 0,
  portalConfigured: true,
};
