import type { BillingSnapshot, StripePort } from "@liveassist/api";
import type Stripe from "stripe";
import { call, orNull } from "./stripe-call.ts";
import { refundLastPayment } from "./stripe-refund.ts";
import { toInvoice } from "./stripe-snapshots.ts";

type Care = Pick<StripePort, "resumePaused" | "refundLastPayment" | "readBilling">;
type Method = string | Stripe.PaymentMethod | null | undefined;

/** Two years of months; older receipts are in the portal. */
const RECEIPTS = 24;

/** What the settings page does and shows. None of it is needed to buy or to sync (requirements R23a). */
export function createCare(stripe: Stripe): Care {
  return {
    // Paused until it is paid: otherwise a card that is refused would bring a debt, and access on credit.
    resumePaused: async (id) =>
      void (await call(() =>
        stripe.subscriptions.resume(id, { payment_behavior: "resume_on_payment_success" }),
      )),
    refundLastPayment: (subscription, idempotencyKey) =>
      refundLastPayment(stripe, subscription, idempotencyKey),
    readBilling: async (id) => {
      const [invoices, subscriptions, customer] = await Promise.all([
        orNull(() => stripe.invoices.list({ customer: id, limit: 100 })),
        orNull(() =>
          stripe.subscriptions.list({ customer: id, limit: 10, expand: ["data.default_payment_method"] }),
        ),
        orNull(() => stripe.customers.retrieve(id, { expand: ["invoice_settings.default_payment_method"] })),
      ]);
      const charged = (subscriptions?.data ?? []).map((one) => one.default_payment_method);
      // What is charged when a subscription names no method of its own.
      const fallback =
        customer && !customer.deleted ? customer.invoice_settings?.default_payment_method : null;
      const all = invoices?.data ?? [];
      return {
        card: cardOf([...charged, fallback]),
        receipts: all.filter(isReceipt).slice(0, RECEIPTS).map(toReceipt),
        openInvoice: openOf(all, new Set(subscriptions?.data.map((one) => one.id))),
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

/** What an ended subscription left unpaid is collected by nobody, and must not look like a debt (requirements R2). */
function openOf(
  invoices: readonly Stripe.Invoice[],
  live: ReadonlySet<string>,
): BillingSnapshot["openInvoice"] {
  const open = invoices.find(
    (invoice) =>
      invoice.status === "open" &&
      invoice.amount_remaining > 0 &&
      live.has(toInvoice(invoice).subscriptionId ?? ""),
  );
  if (!open) return null;
  const { amount_remaining: amountOre, currency, hosted_invoice_url: url } = open;
  return { amountOre, currency, url: url ?? null };
}

function cardOf(methods: readonly Method[]): BillingSnapshot["card"] {
  for (const method of methods) {
    if (!method || typeof method === "string" || !method.card) continue;
    const { brand, last4, exp_month: expMonth, exp_year: expYear } = method.card;
    return { brand, last4, expMonth, expYear };
  }
  return null;
}
