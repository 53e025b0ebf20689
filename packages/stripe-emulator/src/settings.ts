/**
 * What Stripe's documentation leaves open, or what a dashboard decides. Each default is the usual case; lines
 * marked (unverified) are inferred, and nothing may be built on them.
 */
export interface Settings {
  /** `payment_status` of a session whose subscription starts with a trial (unverified). */
  trialPaymentStatus: "no_payment_required" | "paid";
  /** Seconds after the payment at which `invoice_payment.paid` comes; drawn from this range. */
  invoicePaymentDelay: readonly [min: number, max: number];
  /** Seconds a renewal invoice stays a draft after its endpoints answered `invoice.created`. */
  draftSeconds: number;
  /** Seconds it stays a draft when they never do. */
  draftSecondsUnanswered: number;
  /** Days from each failed attempt of an invoice to the next one. */
  retryDays: readonly number[];
  /** What happens to the subscription after the last retry (a dashboard setting). */
  afterLastRetry: "cancel" | "unpaid" | "past_due";
  /** Whether a dispute ends the subscription whose payment it is about (a dashboard setting). */
  disputeCancels: boolean;
  /** Stripe's limits of test clocks: three customers, two intervals at once. */
  strictTestClocks: boolean;
  /** The version of calls that name none, such as those of Stripe's CLI: removed parameters are still read in it. */
  accountVersion: string;
  /** An account where the customer portal was never saved refuses portal sessions; false starts like that. */
  portalConfigured: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  trialPaymentStatus: "no_payment_required",
  invoicePaymentDelay: [1, 20],
  draftSeconds: 3600,
  draftSecondsUnanswered: 72 * 3600,
  retryDays: [3, 5, 7],
  afterLastRetry: "cancel",
  disputeCancels: false,
  strictTestClocks: false,
  accountVersion: "2024-12-18.acacia",
  portalConfigured: true,
};
