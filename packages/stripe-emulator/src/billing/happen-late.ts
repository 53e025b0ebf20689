import { balanceTransactionId } from "../objects/charge.ts";
import type { LateEvent } from "../store/tables.ts";
import { cancelIntent } from "./cancel-intent.ts";
import { bringAbout } from "./card-aftermath.ts";
import { decideByEvidence } from "./disputes.ts";
import { settleRefund } from "./refunds.ts";
import { becomeOverdue } from "./send-invoice.ts";
import { settleDebit } from "./settle-debit.ts";
import type { World } from "./world.ts";

/** What a bank does, or Stripe tells, some time after the payment it is about. */
export function happenLate(world: World, { type, object }: LateEvent): void {
  const charge = world.store.get("charges", object);
  if (type === "invoice_payment.paid") {
    const payment = world.store.get("invoicePayments", object);
    if (payment !== undefined) world.emit(type, payment);
  } else if (type === "invoice.overdue") becomeOverdue(world, object);
  else if (type === "charge.dispute.created") {
    if (charge !== undefined) bringAbout(world, charge);
  } else if (type === "charge.dispute.closed") decideByEvidence(world, object);
  else if (type === "payment_intent.processing") settleDebit(world, object);
  else if (type === "refund.updated") settleRefund(world, object);
  else if (type === "charge.updated") {
    if (charge?.balance_transaction === null)
      world.update(type, object, { balance_transaction: balanceTransactionId(world) });
  } else if (charge !== undefined && !charge.captured) {
    const intent = world.store.get("paymentIntents", String(charge.payment_intent));
    if (intent?.status !== "requires_capture" || intent.latest_charge !== charge.id) return;
    world.emit("charge.expired", charge);
    cancelIntent(world, intent, "automatic");
  }
}
