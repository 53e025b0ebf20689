import type Stripe from "stripe";
import type { World } from "./world.ts";

/** The permission to debit an account, for one payment or for all to come. */
export function giveMandate(
  world: World,
  method: Stripe.PaymentMethod,
  { reusable }: { reusable: boolean },
): Stripe.Mandate {
  const id = world.id("mandate");
  const reference = id.slice(-16).toUpperCase();
  return world.store.put("mandates", {
    id,
    object: "mandate",
    customer_acceptance: { accepted_at: world.now(), offline: {}, type: "offline" },
    livemode: false,
    ...(reusable ? { multi_use: {} } : {}),
    payment_method: method.id,
    payment_method_details: {
      sepa_debit: { reference, url: `${world.origin}/mandates/${id}` },
      type: "sepa_debit",
    },
    status: "active",
    type: reusable ? "multi_use" : "single_use",
  });
}
