import type Stripe from "stripe";
import { previousAttributes } from "./previous-attributes.ts";
import type { World } from "./world.ts";

/** A bank warns of fraud: the charge can still be given back before it is disputed. Once for each charge. */
export function warnOfFraud(world: World, charge: Stripe.Charge): void {
  if (world.store.where("earlyFraudWarnings", "charge", charge.id).length > 0) return;
  const warning = world.store.put("earlyFraudWarnings", {
    id: world.id("issfr"),
    object: "radar.early_fraud_warning",
    actionable: true,
    charge: charge.id,
    created: world.now(),
    fraud_type: "misc",
    livemode: false,
    ...(typeof charge.payment_intent === "string" && { payment_intent: charge.payment_intent }),
  });
  world.emit("radar.early_fraud_warning.created", warning);
}

/** The charge was given back or disputed: nothing is left to be done about its warning. */
export function settleWarning(world: World, charge: string): void {
  for (const warning of world.store.where("earlyFraudWarnings", "charge", charge)) {
    const after = world.change("earlyFraudWarnings", warning.id, { actionable: false });
    const previous = previousAttributes(warning, after);
    if (previous !== null) world.emit("radar.early_fraud_warning.updated", after, previous);
  }
}
