import type Stripe from "stripe";
import type { World } from "./world.ts";

type PauseType = "final_payment_failure" | "pause_requested" | "trial_end_without_payment_method";

/** No further periods and invoices until it is resumed. Credit for unused time is not emulated. */
export function markPaused(world: World, id: string, type: PauseType): Stripe.Subscription {
  const paused = world.update("customer.subscription.updated", id, {
    status: "paused",
    status_details: {
      paused: { subscription: { type }, transitioned_at: world.now(), type: "subscription" },
    },
  });
  world.emit("customer.subscription.paused", paused);
  return paused;
}
