import type Stripe from "stripe";
import { currentPeriodEnd } from "../objects/subscription.ts";
import { previewInvoice } from "./preview-invoice.ts";
import type { World } from "./world.ts";

/** Some days before a period ends, once: the invoice that will come, without an id. */
export function announceRenewal(world: World, subscription: Stripe.Subscription): void {
  const note = world.store.get("subscriptionNotes", subscription.id);
  world.store.put("subscriptionNotes", {
    trialWillEndSent: false,
    ...note,
    id: subscription.id,
    upcomingSentFor: currentPeriodEnd(subscription),
  });
  const { id: _none, ...invoice } = previewInvoice(world, subscription);
  world.emit("invoice.upcoming", { ...invoice, billing_reason: "upcoming" } as Stripe.Invoice);
}
