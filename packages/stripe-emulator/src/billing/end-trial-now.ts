import type Stripe from "stripe";
import type { Attempt } from "./collect-invoice.ts";
import { settleAtOnce, type UpdateBehaviour } from "./settle-change.ts";
import { beginPeriod, endsWithoutCard } from "./turn-subscription.ts";
import type { World } from "./world.ts";

/**
 * Ends a trial before its time: the first paid period is charged with it and not an hour later (the SDK on
 * `subscriptions.update` and on `customer.subscription.trial_will_end`). Null: nothing was tried.
 */
export function endTrialNow(
  world: World,
  subscription: Stripe.Subscription,
  behaviour: UpdateBehaviour,
): Attempt | null {
  if (endsWithoutCard(world, subscription)) return null;
  const sends = subscription.collection_method === "send_invoice";
  const { begun, invoice } = beginPeriod(world, subscription, {
    start: world.now(),
    reason: "subscription_update",
    finalizesAt: sends ? world.now() + world.settings.draftSeconds : null,
  });
  return settleAtOnce(world, invoice, { after: begun, behaviour });
}
