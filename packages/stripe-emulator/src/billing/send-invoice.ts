import type Stripe from "stripe";
import { subscriptionOfInvoice } from "../objects/invoice.ts";
import { markPaid, mustGet, planOverdue } from "./invoicing.ts";
import { followInvoice } from "./settle-invoice.ts";
import type { World } from "./world.ts";

/** An open invoice goes to its customer instead of to the card; one of nothing is paid. */
export function sendInvoice(world: World, id: string): Stripe.Invoice {
  const invoice = mustGet(world, id);
  if (invoice.status === "open" && invoice.amount_due === 0) {
    markPaid(world, id);
    followInvoice(world, id);
  } else world.emit("invoice.sent", invoice);
  return mustGet(world, id);
}

/** The due date has come and nobody has paid: the subscription is behind. A later date is waited for. */
export function becomeOverdue(world: World, id: string): void {
  const invoice = world.store.get("invoices", id);
  if (invoice?.status !== "open" || invoice.due_date === null) return;
  if (invoice.due_date > world.now()) {
    planOverdue(world, id, invoice.due_date);
    return;
  }
  if (world.settings.invoiceOverdue) world.emit("invoice.overdue", invoice);
  const subscription = world.store.get("subscriptions", subscriptionOfInvoice(invoice) ?? "");
  if (subscription?.status === "active" && invoice.billing_reason !== "manual")
    world.update("customer.subscription.updated", subscription.id, { status: "past_due" });
}
