import type Stripe from "stripe";
import type { World } from "./world.ts";

/** An open session that was not paid in time, or was expired by hand. */
export function expireCheckout(world: World, id: string): Stripe.Checkout.Session {
  const session = world.change("sessions", id, { status: "expired", url: null });
  world.emit("checkout.session.expired", session);
  return session;
}
