import { markPaid } from "./invoicing.ts";
import { settleCheckout } from "./settle-checkout.ts";
import { followInvoice, voidInvoice } from "./settle-invoice.ts";
import type { World } from "./world.ts";

/**
 * What else follows when a bank has answered: the invoice the intent pays is paid, or void while its subscription
 * goes on (docs.stripe.com/billing/subscriptions/overview).
 */
export function afterDebit(world: World, intent: string, { paid }: { paid: boolean }): void {
  settleCheckout(world, intent, { paid });
  const [payment] = world.store.where("invoicePayments", "payment_intent", intent);
  const invoice = world.store.get("invoices", String(payment?.invoice));
  if (paid && (invoice?.status === "open" || invoice?.status === "uncollectible")) {
    markPaid(world, invoice.id);
    followInvoice(world, invoice.id);
  } else if (invoice?.status === "open") voidInvoice(world, invoice.id);
}
