import type { BillingSnapshot, StripePort } from "@liveassist/api";
import type Stripe from "stripe";
import { call } from "./stripe-call.ts";

type Care = Pick<StripePort, "resumePaused" | "refundLastPayment" | "readBilling">;

/** What the settings page does and shows. None of it is needed to buy or to sync (requirements R23a). */
export function createCare(stripe: Stripe): Care {
  return {
    resumePaused: async (id) => void (await call(() => stripe.subscriptions.resume(id))),

    refundLastPayment: async (subscription, idempotencyKey) => {
      const paid = await call(() =>
        stripe.invoices.list({ subscription, status: "paid", limit: 100, expand: ["data.payments"] }),
      );
      const last = paid.data.find((invoice) => invoice.amount_paid > 0);
      const payment = last?.payments?.data.find((one) => one.status === "paid")?.payment;
      const intent = payment?.payment_intent;
      if (!last || !intent) return null;
      const payment_intent = typeof intent === "string" ? intent : intent.id;
      const refund = await call(() => stripe.refunds.create({ payment_intent }, { idempotencyKey }));
      return { refundId: refund.id, amountOre: refund.amount, currency: refund.currency };
    },

    readBilling: async (customer) => {
      const [invoices, subscriptions] = await Promise.all([
        call(() => stripe.invoices.list({ customer, limit: 24 })),
        call(() =>
          stripe.subscriptions.list({ customer, limit: 10, expand: ["data.default_payment_method"] }),
        ),
      ]);
      return {
        card: cardOf(subscriptions.data),
        receipts: invoices.data.filter(isReceipt).map(toReceipt),
        openInvoice: openOf(invoices.data),
      };
    },
  };
}

const isReceipt = (invoice: Stripe.Invoice): boolean => invoice.status === "paid" && invoice.amount_paid > 0;

const toReceipt = (invoice: Stripe.Invoice): BillingSnapshot["receipts"][number] => ({
  id: invoice.id,
  paidAt: (invoice.status_transitions?.paid_at ?? invoice.created) * 1000,
  amountOre: invoice.amount_paid,
  currency: invoice.currency,
  url: invoice.hosted_invoice_url ?? null,
});

function openOf(invoices: readonly Stripe.Invoice[]): BillingSnapshot["openInvoice"] {
  const open = invoices.find((invoice) => invoice.status === "open" && invoice.amount_remaining > 0);
  if (!open) return null;
  const { amount_remaining: amountOre, currency, hosted_invoice_url: url } = open;
  return { amountOre, currency, url: url ?? null };
}

function cardOf(subscriptions: readonly Stripe.Subscription[]): BillingSnapshot["card"] {
  for (const { default_payment_method: method } of subscriptions) {
    if (method === null || typeof method === "string" || !method.card) continue;
    const { brand, last4, exp_month: expMonth, exp_year: expYear } = method.card;
    return { brand, last4, expMonth, expYear };
  }
  return null;
}
