import type Stripe from "stripe";
import { buildInvoice, type InvoiceInput } from "../objects/invoice.ts";
import { totalsOf } from "../objects/invoice-totals.ts";
import { endDiscountsOf, spendDiscounts } from "./end-discount.ts";
import { pendingItems } from "./invoicing.ts";
import type { World } from "./world.ts";

export interface ManualInvoice {
  subscription: Stripe.Subscription | null;
  customer: string;
  currency: string;
  /** Whether what waits for an invoice goes into this one. */
  include: boolean;
  /** What the caller sets itself. */
  fields: Partial<Stripe.Invoice>;
  /** Redeems discounts for the draft; null: those of the subscription or customer count. */
  discounts: ((draft: Stripe.Invoice) => string[]) | null;
}

/** A draft made by hand, for a customer alone or for what waits for a subscription. */
export function createInvoice(world: World, input: ManualInvoice): Stripe.Invoice {
  const { subscription, customer, currency, include, discounts } = input;
  const about: InvoiceInput =
    subscription === null
      ? { subscription, reason: "manual", customer, currency, finalizesAt: null }
      : { subscription, reason: "manual", finalizesAt: null, withItems: false };
  const waiting = include ? pendingItems(world, about) : [];
  const built = buildInvoice(world, { ...about, prorations: waiting, ...(discounts && { discounts: [] }) });
  let draft = world.store.put("invoices", { ...built, ...input.fields });
  for (const { id } of waiting) world.change("invoiceItems", id, { invoice: draft.id });
  if (discounts !== null) {
    const given = discounts(draft);
    const { lines, sums } = totalsOf(world, draft.lines.data, given);
    draft = world.change("invoices", draft.id, {
      ...sums,
      discounts: given,
      lines: { ...draft.lines, data: lines },
    });
  }
  spendDiscounts(world, draft);
  world.emit("invoice.created", draft);
  return draft;
}

/** Takes a draft away, and with it the items on it (unverified: they might wait for the next invoice again). */
export function deleteInvoice(world: World, draft: Stripe.Invoice): Stripe.DeletedInvoice {
  const items = world.store.where("invoiceItems", "invoice", draft.id);
  for (const { id } of items) world.store.remove("invoiceItems", id);
  world.store.remove("invoices", draft.id);
  world.emit("invoice.deleted", draft);
  for (const row of [draft, ...items]) endDiscountsOf(world, row);
  return { id: draft.id, object: "invoice", deleted: true };
}
