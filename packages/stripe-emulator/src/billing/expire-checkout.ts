import type Stripe from "stripe";
import { DAY } from "./calendar.ts";
import { cancelIntent } from "./cancel-intent.ts";
import type { World } from "./world.ts";

/** How long a recovery link works (docs.stripe.com/payments/checkout/abandoned-carts). */
const RECOVERY_DAYS = 30;

/** An open session that was not paid in time, or was expired by hand. */
export function expireCheckout(world: World, id: string): Stripe.Checkout.Session {
  const recovery = world.store.get("sessions", id)?.after_expiration?.recovery;
  cancelPurchase(world, id);
  const session = world.change("sessions", id, {
    status: "expired",
    url: null,
    ...(recovery?.enabled && {
      after_expiration: {
        recovery: {
          ...recovery,
          expires_at: world.now() + RECOVERY_DAYS * DAY,
          url: `${world.origin}/c/recover/${id}`,
        },
      },
    }),
  });
  world.emit("checkout.session.expired", session);
  return session;
}

/** Nobody can pay any more what was begun on the page (the SDK's comment on `payment_intent`). */
function cancelPurchase(world: World, id: string): void {
  const session = world.store.get("sessions", id);
  const intent = world.store.get("paymentIntents", String(session?.payment_intent));
  if (intent !== undefined && intent.status !== "canceled") cancelIntent(world, intent, "abandoned");
}
