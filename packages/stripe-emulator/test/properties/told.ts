import type Stripe from "stripe";
import type { Store } from "../../src/store/store.ts";
import type { TableName } from "../../src/store/tables.ts";

/** What Stripe changes without telling of it (its list of event types has none for these). */
const QUIET: Partial<Record<TableName, readonly string[]>> = {
  // Discounts that are over have an event of their own, `customer.discount.deleted`.
  subscriptions: ["test_clock", "discounts"],
  invoices: ["test_clock"],
  customers: ["discount", "next_invoice_sequence", "invoice_prefix"],
  charges: ["disputed"],
  // Stripe has no event for an intent that was edited.
  paymentIntents: ["amount", "description", "metadata", "receipt_email", "shipping", "statement_descriptor"],
  coupons: ["times_redeemed", "valid"],
  promotionCodes: ["times_redeemed", "active"],
  invoiceItems: ["invoice"],
  paymentMethods: ["customer"],
};

/** What Stripe tells of; true: from its first moment on. */
const TOLD: Partial<Record<TableName, boolean>> = {
  customers: true,
  // Unverified: whether those that an invoice item makes inline are told of.
  products: false,
  prices: false,
  sessions: false,
  subscriptions: true,
  invoices: true,
  invoiceItems: true,
  invoicePayments: false,
  paymentIntents: true,
  setupIntents: true,
  charges: true,
  refunds: true,
  disputes: true,
  coupons: true,
  promotionCodes: true,
  testClocks: true,
  paymentMethods: false,
};

/** What was told of each object last: since the order within a second is open, all that came together. */
export class LastTold {
  readonly #objects = new Map<string, { step: number; shown: Record<string, unknown>[] }>();
  #step = 0;

  /** From here on what comes is newer than all before. */
  next(): void {
    this.#step += 1;
  }

  hear({ data }: Stripe.Event): void {
    if (!("id" in data.object)) return;
    const id = String(data.object.id);
    const known = this.#objects.get(id);
    const before = known?.step === this.#step ? known.shown : [];
    this.#objects.set(id, { step: this.#step, shown: [...before, { ...data.object }] });
  }

  /** How an object differs from everything that was told of it last. */
  untold(store: Store, table: TableName, id: string): string[] {
    const now = store.get(table, id) as Record<string, unknown> | undefined;
    if (now === undefined || TOLD[table] === undefined || "deleted" in now) return [];
    const told = this.#objects.get(id)?.shown;
    if (told === undefined) return TOLD[table] ? [`${table} ${id}: nothing was told of it`] : [];
    // A refund that failed after it had seemed done is told by itself; the charge is as it was before, quietly.
    const failed = store.where("refunds", "charge", id).some(({ status }) => status === "failed");
    const quiet = failed ? ["amount_refunded", "refunded"] : [];
    const gaps = told.map((one) => gapsOf(table, { ...one, ...pick(now, quiet) }, now));
    if (gaps.some((gap) => gap.length === 0)) return [];
    return (gaps.at(-1) ?? []).map((gap) => `${table} ${id}: ${gap}`);
  }
}

function pick(from: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, from[key]]));
}

function gapsOf(table: TableName, told: Record<string, unknown>, now: Record<string, unknown>): string[] {
  const keys = new Set([...Object.keys(told), ...Object.keys(now)]);
  return [...keys]
    .filter((key) => !QUIET[table]?.includes(key) && JSON.stringify(told[key]) !== JSON.stringify(now[key]))
    .map((key) => `${key} was told as ${JSON.stringify(told[key])}, is ${JSON.stringify(now[key])}`);
}
