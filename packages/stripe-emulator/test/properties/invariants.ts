import type Stripe from "stripe";
import type { Store } from "../../src/store/store.ts";
import type { TableName } from "../../src/store/tables.ts";

const HOMES: Record<string, readonly TableName[]> = {
  cus: ["customers"],
  sub: ["subscriptions"],
  in: ["invoices"],
  ii: ["invoiceItems"],
  inpay: ["invoicePayments"],
  pi: ["paymentIntents"],
  seti: ["setupIntents"],
  ch: ["charges"],
  re: ["refunds"],
  du: ["disputes"],
  pm: ["paymentMethods"],
  price: ["prices"],
  prod: ["products"],
  promo: ["promotionCodes"],
  di: ["discounts"],
};
const ID = /^([a-z]+)_[A-Za-z0-9]{14,}$/;

/** Every id in a document that leads nowhere. What was deleted with its clock may still be named. */
export function brokenReferences(store: Store, document: unknown): string[] {
  if (typeof document === "string") {
    const homes = HOMES[ID.exec(document)?.[1] ?? ""];
    if (homes === undefined || homes.some((table) => store.get(table, document) !== undefined)) return [];
    return [document];
  }
  if (typeof document !== "object" || document === null) return [];
  return Object.entries(document).flatMap(([key, value]) =>
    brokenReferences(store, value).map((path) => `${key}: ${path}`),
  );
}

/** Where the sums of an object do not agree. */
export function wrongSums(store: Store, table: TableName, document: unknown): string[] {
  if (table === "invoices") return ofInvoice(document as Stripe.Invoice);
  if (table === "charges") return ofCharge(store, document as Stripe.Charge);
  if (table === "paymentIntents") return ofIntent(document as Stripe.PaymentIntent);
  if (table === "subscriptions") return ofSubscription(document as Stripe.Subscription);
  return [];
}

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

function unless(holds: boolean, what: string): string[] {
  return holds ? [] : [what];
}

function ofInvoice(invoice: Stripe.Invoice): string[] {
  const {
    lines,
    subtotal,
    total,
    amount_due: due,
    amount_paid: paid,
    amount_remaining: left,
    status,
  } = invoice;
  const off = sum((invoice.total_discount_amounts ?? []).map(({ amount }) => amount));
  const offLines = sum(
    lines.data.flatMap((line) => (line.discount_amounts ?? []).map(({ amount }) => amount)),
  );
  const gross = sum(lines.data.map(({ amount }) => amount));
  const credit = (invoice.ending_balance ?? 0) - (invoice.starting_balance ?? 0);
  const finalized = status !== "draft";
  return [
    ...unless(gross - off === total, "the lines less discounts are not the total"),
    // Discounts of single lines are in the subtotal already.
    ...unless(subtotal <= gross && subtotal >= total, "the subtotal is not between the lines and the total"),
    ...unless(off === offLines, "the discounts of the lines are not those of the invoice"),
    ...unless(due >= 0 || !finalized, "less than nothing is due"),
    ...unless(!finalized || due === Math.max(0, total - credit), "total and balance are not what is due"),
    ...unless(paid + left === due, "paid and remaining are not what is due"),
    ...unless(status !== "paid" || left === 0, "paid, and something remains"),
    ...unless(finalized === (invoice.number !== null), "a number belongs to what is finalized"),
    ...unless(finalized || invoice.attempt_count === 0, "a draft was attempted"),
    ...unless(
      status === "open" || status === "draft" || invoice.next_payment_attempt === null,
      "settled, and to be tried again",
    ),
  ];
}

function ofCharge(store: Store, charge: Stripe.Charge): string[] {
  const counted = store
    .where("refunds", "charge", charge.id)
    .filter(({ status }) => status !== "failed" && status !== "canceled");
  const refunded = sum(counted.map(({ amount }) => amount));
  return [
    ...unless(refunded === charge.amount_refunded, `refunds of ${refunded}, told ${charge.amount_refunded}`),
    ...unless(charge.amount_refunded <= charge.amount_captured, "more refunded than captured"),
    ...unless(charge.amount_captured <= charge.amount, "more captured than charged"),
    ...unless(charge.refunded === (refunded > 0 && refunded === charge.amount), "refunded in full or not"),
    ...unless(charge.status === "succeeded" || refunded === 0, "refunded without money"),
    ...unless(charge.paid === (charge.status === "succeeded") || charge.status === "pending", "paid or not"),
  ];
}

function ofIntent(intent: Stripe.PaymentIntent): string[] {
  return [
    ...unless(intent.status !== "succeeded" || intent.amount_received > 0, "succeeded without money"),
    ...unless(intent.status === "succeeded" || intent.amount_received === 0, "money without success"),
    ...unless((intent.status === "requires_action") === (intent.next_action !== null), "an action or none"),
  ];
}

function ofSubscription(subscription: Stripe.Subscription): string[] {
  const { status, ended_at, canceled_at, cancel_at, items, trial_end } = subscription;
  const ended = status === "canceled" || status === "incomplete_expired";
  return [
    ...unless(ended === (ended_at !== null), "ended or not"),
    ...unless(cancel_at === null || canceled_at !== null, "an end is planned and nobody asked for it"),
    ...unless(status !== "trialing" || trial_end !== null, "a trial without an end"),
    ...unless(
      items.data.every((item) => item.current_period_end > item.current_period_start),
      "a period that ends before it begins",
    ),
  ];
}
