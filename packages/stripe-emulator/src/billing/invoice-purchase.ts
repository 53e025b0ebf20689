import type Stripe from "stripe";
import { buildInvoice } from "../objects/invoice.ts";
import { buildManualItem } from "../objects/invoice-item.ts";
import type { CheckoutPlan } from "../store/tables.ts";
import type { CheckoutTerms } from "./checkout-terms.ts";
import { addInvoiceItem } from "./invoice-items.ts";
import { finalizeInvoice, linkPayment, markPaid } from "./invoicing.ts";
import type { World } from "./world.ts";

/** Prices for one time as invoice items, waiting for the next invoice of their subscription or customer. */
export function addOnce(
  world: World,
  {
    items,
    customer,
    subscription,
  }: { items: CheckoutTerms["once"]; customer: string; subscription: string | null },
): Stripe.InvoiceItem[] {
  return items.map(({ price, quantity }) =>
    addInvoiceItem(
      world,
      buildManualItem(world, {
        customer,
        subscription,
        amount: (price.unit_amount ?? 0) * quantity,
        currency: price.currency,
        price,
        quantity,
        description: world.store.get("products", String(price.product))?.name ?? null,
        discountable: true,
        metadata: {},
        period: null,
      }),
    ),
  );
}

/** What an invoice of a purchase is made from. */
export interface Purchase {
  plan: CheckoutPlan;
  terms: CheckoutTerms;
  customer: Stripe.Customer | null;
  paidIntent: string | null;
  /** The id of the discount that was given. */
  discount: string | null;
}

/** The paid invoice of a purchase with `invoice_creation`, made after the payment: its id; null: none was asked for. */
export function invoicePurchase(world: World, purchase: Purchase): string | null {
  const { plan, terms, customer, paidIntent, discount } = purchase;
  if (customer === null || !plan.payment?.invoice) return null;
  const owner = customer.id;
  const items = addOnce(world, { items: terms.items, customer: owner, subscription: null });
  const draft = world.store.put("invoices", {
    ...buildInvoice(world, {
      subscription: null,
      reason: "manual",
      customer: owner,
      currency: terms.currency,
      finalizesAt: null,
      prorations: items,
      discounts: discount === null ? [] : [discount],
    }),
    ...plan.payment.invoice,
  });
  for (const { id } of items) world.change("invoiceItems", id, { invoice: draft.id });
  world.emit("invoice.created", draft);
  const invoice = finalizeInvoice(world, draft.id, true);
  if (paidIntent !== null) linkPayment(world, invoice, paidIntent);
  markPaid(world, invoice.id);
  return invoice.id;
}
