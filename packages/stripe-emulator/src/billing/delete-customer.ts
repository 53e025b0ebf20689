import type Stripe from "stripe";
import { liveCustomer } from "../objects/customer.ts";
import { cancelSubscription } from "./cancel-subscription.ts";
import { liveSubscriptions } from "./change-card.ts";
import type { World } from "./world.ts";

/** Deletes a customer: its live subscriptions end at once, its cards are let go (stripe-facts 2 Q). */
export function deleteCustomer(world: World, id: string): Stripe.DeletedCustomer {
  const customer = liveCustomer(world, id);
  for (const subscription of liveSubscriptions(world, id).reverse())
    cancelSubscription(world, subscription.id, null);
  for (const method of world.store.where("paymentMethods", "customer", id))
    world.change("paymentMethods", method.id, { customer: null });
  if (customer !== null) world.emit("customer.deleted", customer);
  return world.store.put("customers", { id, object: "customer", deleted: true });
}
