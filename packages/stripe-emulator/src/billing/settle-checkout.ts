import { liveCustomer } from "../objects/customer.ts";
import { checkoutTerms } from "./checkout-terms.ts";
import { invoicePurchase } from "./invoice-purchase.ts";
import type { World } from "./world.ts";

/**
 * The bank has answered for a session that was completed without its money (stripe-facts 2 S). The invoice of a
 * purchase is made now; that of a subscription is the invoice's own affair.
 */
export function settleCheckout(world: World, intent: string, { paid }: { paid: boolean }): void {
  const [plan] = world.store.where("checkoutPlans", "intent", intent);
  const session = world.store.get("sessions", plan?.id ?? "");
  if (plan === undefined || session?.status !== "complete" || session.payment_status !== "unpaid") return;
  if (!paid) {
    world.emit("checkout.session.async_payment_failed", session);
    return;
  }
  const customer = liveCustomer(world, String(session.customer));
  const given = world.store.all("discounts").find((row) => row.checkout_session === session.id);
  const terms = checkoutTerms(world, session, plan);
  const invoice =
    session.mode === "payment"
      ? invoicePurchase(world, { plan, terms, customer, paidIntent: intent, discount: given?.id ?? null })
      : session.invoice;
  const after = world.change("sessions", session.id, { payment_status: "paid", invoice });
  world.emit("checkout.session.async_payment_succeeded", after);
}
