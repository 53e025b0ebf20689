import type Stripe from "stripe";
import { DAY } from "./calendar.ts";
import { showAmounts } from "./checkout-amounts.ts";
import { openSetup } from "./checkout-intent.ts";
import type { World } from "./world.ts";

/**
 * A new session like the expired one whose recovery link was followed. Null: there is none, or the link has expired
 * too. Every visit of the link makes another one (unverified).
 */
export function recoverCheckout(world: World, id: string): Stripe.Checkout.Session | null {
  const expired = world.store.get("sessions", id);
  const plan = world.store.get("checkoutPlans", id);
  const recovery = expired?.after_expiration?.recovery;
  if (expired?.status !== "expired" || plan === undefined || !recovery?.enabled) return null;
  if ((recovery.expires_at ?? 0) <= world.now()) return null;
  const fresh = world.id("cs_test");
  const session = world.store.put("sessions", {
    ...expired,
    id: fresh,
    created: world.now(),
    expires_at: world.now() + DAY,
    status: "open",
    url: `${world.origin}/c/pay/${fresh}`,
    recovered_from: id,
    allow_promotion_codes: recovery.allow_promotion_codes,
    after_expiration: null,
    payment_intent: null,
  });
  const untried = { intent: null, challenge: null, typed: null, lastError: null };
  world.store.put("checkoutPlans", { ...plan, ...untried, id: fresh });
  return session.mode === "setup" ? openSetup(world, session) : showAmounts(world, fresh);
}
