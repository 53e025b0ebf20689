import type Stripe from "stripe";
import { DAY } from "./calendar.ts";
import { cancelIntent } from "./cancel-intent.ts";
import type { World } from "./world.ts";

/** How long a recovery link works (docs.stripe.com/payments/checkout/abandoned-carts). */
const RECOVERY_DAYS = 30;

/** An open session that was not paid in time, or was expired by hand. */
export function expireCheckout(world: World, id: string): Stripe.Checkout.Session {
  const recovery = world.store.get("sessions", id)?.after_expiration?.recovery;
  cancelIntents(world, id);
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

/** Nobody can pay any more what was begun on the page (the SDK's comments on `payment_intent` and `setup_intent`). */
function cancelIntents(world: World, id: string): void {
  const session = world.store.get("sessions", id);
  const payment = world.store.get("paymentIntents", String(session?.payment_intent));
  const setup = world.store.get("setupIntents", String(session?.setup_intent));
  if (payment !== undefined) cancelIntent(world, payment, "abandoned");
  if (setup === undefined) return;
  const given = { status: "canceled", cancellation_reason: "abandoned", next_action: null } as const;
  world.emit("setup_intent.canceled", world.change("setupIntents", setup.id, given));
}
