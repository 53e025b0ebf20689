import type Stripe from "stripe";
import { liveCustomer } from "../objects/customer.ts";
import { buildInvoice, buildInvoicePayment, type InvoiceInput } from "../objects/invoice.ts";
import { buildPaymentIntent } from "../objects/payment-intent.ts";
import { isEnded } from "./cancel-subscription.ts";
import { settleBalance } from "./customer-balance.ts";
import { spendDiscounts } from "./end-discount.ts";
import type { World } from "./world.ts";

/** Writes a draft invoice with all that waits for it; a subscription's latest invoice is set by the caller. */
export function draftInvoice(
  world: World,
  input: InvoiceInput,
  waiting = pendingItems(world, input),
): Stripe.Invoice {
  const invoice = world.store.put("invoices", buildInvoice(world, { ...input, prorations: waiting }));
  for (const { id } of waiting) world.change("invoiceItems", id, { invoice: invoice.id });
  spendDiscounts(world, invoice);
  world.emit("invoice.created", invoice);
  return invoice;
}

/** What waits for an invoice like this: a subscription's own items, and a renewal takes its customer's along. */
export function pendingItems(world: World, input: InvoiceInput): Stripe.InvoiceItem[] {
  const { subscription, reason } = input;
  if (subscription === null)
    return [...orphans(world, input.customer), ...ofCustomer(world, input.customer)].filter(
      ({ currency }) => currency === input.currency,
    );
  const own = world.store.where("invoiceItems", "pending", subscription.id);
  if (reason !== "subscription_cycle") return own;
  const others = ofCustomer(world, String(subscription.customer));
  return [...own, ...others.filter(({ currency }) => currency === subscription.currency)];
}

function ofCustomer(world: World, customer: string): Stripe.InvoiceItem[] {
  return world.store.where("invoiceItems", "pending_for_customer", customer);
}

/** What still waits for subscriptions that have ended. */
function orphans(world: World, customer: string): Stripe.InvoiceItem[] {
  return world.store
    .where("subscriptions", "customer", customer)
    .filter(isEnded)
    .flatMap(({ id }) => world.store.where("invoiceItems", "pending", id));
}

/** Draft → open: numbered and fixed from here on. What was paid on a page is not settled with the customer's balance. */
export function finalizeInvoice(world: World, id: string, paidOnPage = false): Stripe.Invoice {
  const now = world.now();
  const draft = mustGet(world, id);
  const customer = liveCustomer(world, String(draft.customer));
  const sequence = customer?.next_invoice_sequence ?? 1;
  if (customer !== null) world.change("customers", customer.id, { next_invoice_sequence: sequence + 1 });
  const start = customer?.balance ?? 0;
  const invoice = world.change("invoices", id, {
    status: "open",
    number: `${customer?.invoice_prefix ?? "EMULATOR"}-${String(sequence).padStart(4, "0")}`,
    automatically_finalizes_at: null,
    effective_at: now,
    ...(paidOnPage ? { starting_balance: start, ending_balance: start } : settleBalance(world, draft)),
    hosted_invoice_url: `${world.origin}/invoices/${id}`,
    invoice_pdf: `${world.origin}/invoices/${id}?print`,
    next_payment_attempt: null,
    status_transitions: { ...draft.status_transitions, finalized_at: now },
  });
  world.emit("invoice.finalized", invoice);
  if (invoice.collection_method === "send_invoice" && invoice.due_date !== null)
    planOverdue(world, id, invoice.due_date);
  return invoice;
}

/** Looks at an invoice again when it is due. */
export function planOverdue(world: World, invoice: string, at: number): void {
  world.store.put("lateEvents", { id: world.id("late"), at, type: "invoice.overdue", object: invoice });
}

/** The intent that pays an open invoice, made at the first attempt and kept for the next ones. */
export function intentOfInvoice(world: World, invoice: Stripe.Invoice): string {
  const payment = world.store.where("invoicePayments", "invoice", invoice.id)[0];
  const known = payment?.payment.payment_intent;
  if (typeof known === "string") return known;
  const description = INTENT_DESCRIPTION[invoice.billing_reason ?? ""] ?? "Subscription update";
  const customer = typeof invoice.customer === "string" ? invoice.customer : null;
  const { amount_due: amount, currency } = invoice;
  const intent = buildPaymentIntent(world, { amount, currency, customer, description });
  world.store.put("paymentIntents", intent);
  world.emit("payment_intent.created", intent);
  linkPayment(world, invoice, intent.id);
  return intent.id;
}

const INTENT_DESCRIPTION: Record<string, string> = {
  manual: "Payment for Invoice",
  subscription_create: "Subscription creation",
};

/** Connects an invoice with the intent that pays it. */
export function linkPayment(world: World, invoice: Stripe.Invoice, intent: string): void {
  world.store.put("invoicePayments", buildInvoicePayment(world, invoice, intent));
}

/** Open → paid. An invoice of 0 is paid without an attempt and without a payment, as is one paid out of band. */
export function markPaid(
  world: World,
  id: string,
  { outOfBand = false, byHand = false }: { outOfBand?: boolean; byHand?: boolean } = {},
): Stripe.Invoice {
  const now = world.now();
  const open = mustGet(world, id);
  const charged = open.amount_due > 0 && !outOfBand;
  // After the first attempt only the schedule's own retries count (the SDK on `Invoice.attempt_count`).
  const counts = charged && !(byHand && open.attempt_count > 0);
  const patch: Partial<Stripe.Invoice> = {
    status: "paid",
    amount_paid: open.amount_due,
    amount_remaining: 0,
    attempted: true,
    attempt_count: open.attempt_count + (counts ? 1 : 0),
    auto_advance: false,
    next_payment_attempt: null,
    status_transitions: { ...open.status_transitions, paid_at: now },
  };
  const invoice = charged ? world.update("invoice.updated", id, patch) : world.change("invoices", id, patch);
  world.emit("invoice.paid", invoice);
  if (!outOfBand) world.emit("invoice.payment_succeeded", invoice);
  if (charged) confirmPayment(world, id);
  return invoice;
}

/** `invoice_payment.paid` comes some seconds after everything else. */
function confirmPayment(world: World, invoice: string): void {
  const payment = world.store
    .where("invoicePayments", "invoice", invoice)
    .find((row) => row.status === "open");
  if (payment === undefined) return;
  world.change("invoicePayments", payment.id, {
    status: "paid",
    amount_paid: payment.amount_requested,
    status_transitions: { canceled_at: null, paid_at: world.now() },
  });
  const [min, max] = world.settings.invoicePaymentDelay;
  const at = world.now() + min + Math.floor(world.random() * (max - min + 1));
  world.store.put("lateEvents", {
    id: world.id("late"),
    at,
    type: "invoice_payment.paid",
    object: payment.id,
  });
}

/** The invoice; that it exists is the caller's promise. */
export function mustGet(world: World, id: string): Stripe.Invoice {
  const invoice = world.store.get("invoices", id);
  if (invoice === undefined) throw new Error(`No invoice ${id}`);
  return invoice;
}
